// Segment's own Go SDK as a contender: the same command line and figures as the programs in bench/whole.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/segmentio/public-api-sdk-go/api"
)

type contender struct {
	client  *api.APIClient
	context context.Context
}

func newContender(baseURL string) contender {
	configuration := api.NewConfiguration()
	configuration.Servers = api.ServerConfigurations{{URL: baseURL}}
	token := context.WithValue(context.Background(), api.ContextAccessToken, "for-a-benchmark")
	return contender{client: api.NewAPIClient(configuration), context: token}
}

func (c contender) get() error {
	answer, _, err := c.client.SourcesAPI.GetSource(c.context, "source-1").Execute()
	if err == nil && answer.Data.Source.Id == "" {
		return fmt.Errorf("the source has no id")
	}
	return err
}

func (c contender) page(size int) error {
	pagination := *api.NewPaginationInput(int32(size))
	answer, _, err := c.client.SourcesAPI.ListSources(c.context).Pagination(pagination).Execute()
	if err != nil {
		return err
	}
	if came := len(answer.Data.Sources); came != size {
		return fmt.Errorf("got %d sources", came)
	}
	return nil
}

func (c contender) doOnce(task string) error {
	switch task {
	case "get":
		return c.get()
	case "page200":
		return c.page(200)
	case "page1000":
		return c.page(1000)
	}
	return fmt.Errorf("no such task: %s", task)
}

// User and system time of this process, in microseconds.
func processorTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return (usage.Utime.Nano() + usage.Stime.Nano()) / 1000
}

func peakKiB() int {
	status, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer status.Close()
	for lines := bufio.NewScanner(status); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "VmHWM:" {
			kib, _ := strconv.Atoi(fields[1])
			return kib
		}
	}
	return 0
}

func measure(arguments []string) error {
	if len(arguments) != 3 {
		return fmt.Errorf("usage: get|page200|page1000 BASE_URL COUNT")
	}
	count, err := strconv.Atoi(arguments[2])
	if err != nil {
		return err
	}
	c := newContender(arguments[1])
	if err := c.doOnce(arguments[0]); err != nil {
		return err
	}
	before, processorBefore := time.Now(), processorTime()
	for i := 0; i < count; i++ {
		if err := c.doOnce(arguments[0]); err != nil {
			return err
		}
	}
	wall, processor := time.Since(before).Microseconds(), processorTime()-processorBefore
	fmt.Printf(`{"count": %d, "cpu_us": %d, "wall_us": %d, "peak_kib": %d}`+"\n",
		count, processor, wall, peakKiB())
	return nil
}

func main() {
	if err := measure(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
