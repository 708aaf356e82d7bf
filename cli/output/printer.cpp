#include "output/printer.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "output/csv.hpp"
#include "output/present.hpp"
#include "output/values.hpp"
#include "output/yaml.hpp"
#include "segment/schema.hpp"
#include "terminal/table.hpp"
#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

// If the response contains nothing, this says that the call succeeded.
Json data_of(const Operation& operation, JsonResult result) {
  if (!result_schema(operation) && result.data.empty()) {
    return Json::object({{"status", "SUCCESS"}});
  }
  return std::move(result.data);
}

class TablePrinter final : public Printer {
 public:
  explicit TablePrinter(const Operation& operation) : operation_(operation) {}

  void result(JsonResult result) override { present_result(output_, operation_, result); }
  void page(Json data) override {
    present_items(output_, operation_, items_of(operation_, std::move(data)), table_);
  }
  void end() override { output_.write(table_.end()); }

 private:
  Output output_;
  const Operation& operation_;
  GrowingTable table_{output_width()};
};

/// One document for a whole list, written as its pages arrive: like that of a single page, with the
/// items of all pages and the other members of the last. It is cut off if a page fails.
class DocumentPrinter : public Printer {
 public:
  explicit DocumentPrinter(const Operation& operation) : operation_(operation) {}

  void page(Json data) final {
    const std::string_view list = list_in_result(operation_)->name;
    if (!std::exchange(has_begun_, true)) begin(list);
    for (const Json& item : items_of(operation_, data)) {
      add(item, !std::exchange(has_items_, true));
    }
    output_.flush();
    others_ = Json::object();
    for (auto& [name, value] : data.as_object()) {
      if (name != list) others_[name] = std::move(value);
    }
  }
  void end() final {
    finish(others_, has_items_);
    output_.flush();
  }

 protected:
  virtual void begin(std::string_view list) = 0;
  virtual void add(const Json& item, bool is_first) = 0;
  virtual void finish(const Json& others, bool has_items) = 0;

  Output output_;
  const Operation& operation_;

 private:
  Json others_ = Json::object();  // of the newest page
  bool has_begun_ = false;
  bool has_items_ = false;
};

class JsonPrinter final : public DocumentPrinter {
 public:
  using DocumentPrinter::DocumentPrinter;
  void result(JsonResult result) override {
    output_.line(json_text(data_of(operation_, std::move(result))));
  }

 private:
  void begin(std::string_view list) override { output_.write("{" + json_text(Json(list)) + ":["); }
  void add(const Json& item, bool is_first) override {
    output_.write((is_first ? "\n" : ",\n") + json_text(item));
  }
  void finish(const Json& others, bool /*has_items*/) override {
    std::string text = "]";
    for (const auto& [name, value] : others.as_object()) {
      text += "," + json_text(Json(name)) + ":" + json_text(value);
    }
    output_.line(text + "}");
  }
};

class YamlPrinter final : public DocumentPrinter {
 public:
  using DocumentPrinter::DocumentPrinter;
  void result(JsonResult result) override {
    output_.write(yaml_text(data_of(operation_, std::move(result))));
  }

 private:
  void begin(std::string_view list) override { output_.write(yaml_key(list) + ":"); }
  void add(const Json& item, bool is_first) override {
    output_.write((is_first ? "\n" : "") + yaml_element(item, 2));
  }
  void finish(const Json& others, bool has_items) override {
    if (!has_items) output_.write(" []\n");
    if (!others.empty()) output_.write(yaml_text(others));
  }
};

class LinesPrinter final : public Printer {
 public:
  explicit LinesPrinter(const Operation& operation) : operation_(operation) {}

  void result(JsonResult result) override {
    if (list_in_result(operation_)) return page(std::move(result.data));
    output_.line(json_text(data_of(operation_, std::move(result))));
  }
  void page(Json data) override {
    for (const Json& item : items_of(operation_, std::move(data))) output_.line(json_text(item));
    output_.flush();
  }
  void end() override {}

 private:
  Output output_;
  const Operation& operation_;
};

/// A column for each member that the API's description knows.
class CsvPrinter final : public Printer {
 public:
  CsvPrinter(const Operation& operation, bool with_secrets) : operation_(operation) {
    const auto list = list_in_result(operation);
    if (!list) return;
    for (const SchemaMember& member : list->schema.element()->members()) {
      const Schema schema = member.schema.element().value_or(member.schema);
      if (with_secrets || !schema.is_secret()) columns_.emplace_back(member.name);
    }
  }

  void result(JsonResult result) override {
    if (list_in_result(operation_)) return page(std::move(result.data));
    Json data = data_of(operation_, std::move(result));
    if (result_schema(operation_)) data = inner(operation_, std::move(data));
    print_value(output_, Format::csv, data);
  }
  void page(Json data) override {
    Json::Array items = items_of(operation_, std::move(data));
    if (columns_.empty()) return print_value(output_, Format::csv, Json(std::move(items)));
    if (!std::exchange(has_begun_, true)) output_.write(csv_line(columns_));
    for (const Json& item : items) output_.write(csv_line_of(item, columns_));
    output_.flush();
  }
  void end() override {}

 private:
  Output output_;
  const Operation& operation_;
  std::vector<std::string> columns_{};
  bool has_begun_ = false;
};

/// A part of the result; of a list in pages a part of all of them together.
class PartPrinter final : public Printer {
 public:
  PartPrinter(const Operation& operation, Format format, JsonPointer pointer)
      : operation_(operation), format_(format), pointer_(std::move(pointer)) {}

  void result(JsonResult result) override {
    whole_ = data_of(operation_, std::move(result));
    end();
  }
  void page(Json data) override {
    const std::string_view list = list_in_result(operation_)->name;
    Json items = Json::array();
    if (Json* known = whole_.find(list)) items = std::move(*known);
    for (Json& item : items_of(operation_, data)) items.push_back(std::move(item));
    whole_ = std::move(data);
    whole_[list] = std::move(items);
  }
  void end() override { print_value(output_, format_, part()); }

 private:
  // Users must not repeat a call that has changed something.
  [[nodiscard]] const Json& part() const {
    try {
      return pointer_.find_in(whole_);
    } catch (const std::runtime_error& error) {
      if (operation_.method == http::Method::get) throw;
      throw std::runtime_error(std::string("the call was carried out, but ") + error.what());
    }
  }

  Output output_;
  const Operation& operation_;
  Format format_;
  JsonPointer pointer_;
  Json whole_ = Json::object();
};

}  // namespace

std::unique_ptr<Printer> Printer::create(const Operation& operation, Format format,
                                         const std::optional<JsonPointer>& pointer,
                                         bool with_secrets) {
  if (pointer) return std::make_unique<PartPrinter>(operation, format, *pointer);
  switch (format) {
    case Format::table:
      break;
    case Format::json:
      return std::make_unique<JsonPrinter>(operation);
    case Format::jsonl:
      return std::make_unique<LinesPrinter>(operation);
    case Format::csv:
      return std::make_unique<CsvPrinter>(operation, with_secrets);
    case Format::yaml:
      return std::make_unique<YamlPrinter>(operation);
  }
  return std::make_unique<TablePrinter>(operation);
}

}  // namespace segment::cli
