"""Makes the responses of the benchmark's server, always the same: one source, pages of 200 and 1000, and
the 500 pages of a list of 100,000 sources. A source has about 2 KB, as real ones do."""
import json
import pathlib
import zlib

PAGES_OF_THE_WALK = 500
WALK_PAGE_SIZE = 200

OPTIONS = (
    ("websiteUrl", "string", "The address of the website that the source stands for.", "https://example.com/"),
    ("apiHost", "string", "Where events are sent to, if not to the usual place.", "api.segment.io/v1"),
    ("cookieDomain", "string", "The domain that cookies are set for; empty means the page's own.", ""),
    ("trackNamedPages", "boolean", "Whether a page with a name is also told as an event.", True),
    ("sampleRate", "number", "The share of events that is kept, from zero to one.", 1),
)


def source(number):
    name = f"production-web-{number:06d}"
    return {
        "id": f"qQEHquLrjRDN9j1by{number:06d}",
        "slug": name,
        "name": f"Production web \u2013 {number:06d}",
        "workspaceId": "9aQ1Lj62S4bomZKLF4DPqW",
        "enabled": number % 7 != 0,
        "writeKeys": [f"aVt7hYzPqRs2LmN4bKcD8fGj{number:06d}"],
        "metadata": {
            "id": "IqDTy1TpoU",
            "slug": "javascript",
            "name": "Javascript",
            "categories": ["Website", "Analytics"],
            "description": "Measures what the visitors of a website do, from within their browsers.",
            "logos": {
                "default": "https://cdn.example.com/logos/sources/javascript/default.svg",
                "mark": "https://cdn.example.com/logos/sources/javascript/mark.svg",
                "alt": None,
            },
            "options": [
                {"name": key, "type": kind, "defaultValue": default, "description": text,
                 "required": False, "label": text.split(" that ")[0]}
                for key, kind, text, default in OPTIONS
            ],
            "isCloudEventSource": False,
            "status": "PUBLIC",
            "partnerOwned": False,
        },
        "settings": {
            "websiteUrl": f"https://www.example.com/shops/{number}",
            "apiHost": "api.segment.io/v1",
            "trackNamedPages": True,
            "sampleRate": 0.25,
        },
        "labels": [
            {"key": "environment", "value": "prod", "description": "What customers see"},
            {"key": "team", "value": "growth"},
        ],
    }


def created():
    """The response to creating a source, about 1 KB: its metadata has no options. It can be put in
    single quotes in nginx's configuration."""
    made = source(1)
    made["metadata"]["options"] = []
    return json.dumps({"data": {"source": made}}, separators=(",", ":"))


def page(sources, cursor, following):
    """The text of a page; `sources` are already texts."""
    pagination = {"current": cursor, "totalEntries": PAGES_OF_THE_WALK * WALK_PAGE_SIZE}
    if following is not None:
        pagination["next"] = following
    return ('{"data":{"sources":[' + ",".join(sources) + '],"pagination":'
            + json.dumps(pagination, separators=(",", ":")) + "}}")


def make(folder):
    """Writes every response into a folder; the pages of a list repeat the same sources, for speed."""
    pages = pathlib.Path(folder) / "pages"
    sources = pathlib.Path(folder) / "sources"
    pages.mkdir(parents=True, exist_ok=True)
    sources.mkdir(exist_ok=True)
    texts = [json.dumps(source(number), separators=(",", ":"), ensure_ascii=False)
             for number in range(1000)]
    (sources / "source-1").write_text(
        '{"data":{"source":' + texts[1] + ',"trackingPlanId":null}}', encoding="utf-8")
    (pages / "200").write_text(page(texts[:200], "MA==", None), encoding="utf-8")
    (pages / "1000").write_text(page(texts, "MA==", None), encoding="utf-8")
    for number in range(PAGES_OF_THE_WALK):
        following = f"c{number + 1}" if number + 1 < PAGES_OF_THE_WALK else None
        (pages / f"c{number}").write_text(
            page(texts[:WALK_PAGE_SIZE], f"c{number}", following), encoding="utf-8")


def compress_walk(folder):
    """Writes the pages of a list compressed, as pages of 200 and of 1000: `c5-1000.gz` is the page of 1000
    that starts at the sixth page of 200. Clients that do not accept compression get nothing."""
    texts = [json.dumps(source(number), separators=(",", ":"), ensure_ascii=False)
             for number in range(1000)]
    for size in (WALK_PAGE_SIZE, 1000):
        step = size // WALK_PAGE_SIZE
        whole = page(texts[:size], "", None)
        begin = whole[:whole.index('],"pagination":') + 1]
        shared = zlib.compressobj(wbits=31)
        head = shared.compress(begin.encode()) + shared.flush(zlib.Z_SYNC_FLUSH)
        for number in range(0, PAGES_OF_THE_WALK, step):
            following = f"c{number + step}" if number + step < PAGES_OF_THE_WALK else None
            rest = page([], f"c{number}", following)
            end = shared.copy()
            tail = end.compress(rest[rest.index(',"pagination":'):].encode()) + end.flush()
            path = pathlib.Path(folder) / "pages" / f"c{number}-{size}"
            path.touch()
            path.with_name(path.name + ".gz").write_bytes(head + tail)
