// Deletes a user's data and waits until that is done, as a right-to-be-forgotten request requires.

#include <segment/segment.hpp>

#include <chrono>
#include <exception>
#include <iostream>
#include <string_view>

#include "connect.hpp"

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  if (connection.live()) throw std::runtime_error("this example deletes data: sandbox only");
  const segment::Client client(connection.options());

  const segment::RegulationId request =
      client.deletion_and_suppression().create_workspace_regulation(
          {.regulation_type = segment::RegulationType::suppress_with_delete,
           .subject_type = segment::RegulationSubjectType::user_id,
           .subject_ids = {"user-4711"}});
  std::cout << "asked for, as " << request << '\n';

  const segment::Regulation done = client.jobs().wait_for_regulation(
      request, {.initial_interval = std::chrono::milliseconds(200),
                .timeout = std::chrono::minutes(1),
                .on_status = [](std::string_view status) { std::cout << "  " << status << '\n'; }});
  std::cout << "finished at " << done.finished_at.value_or(segment::Timestamp()) << '\n';
  for (const auto& stream : done.stream_status) {
    for (const auto& destination : stream.destination_status) {
      std::cout << "  in " << destination.name << ": " << destination.status << '\n';
    }
  }
  return 0;
} catch (const segment::JobFailedError& error) {
  std::cerr << "error: " << error.what() << '\n' << error.job().dump(2) << '\n';
  return 1;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
