#include "commands/completion.hpp"

namespace segment::cli {

namespace {

// Each script walks over the words typed so far to the command that they name, and offers that
// command's words; after --input and --ca-file files. Names are of letters, digits and dashes:
// nothing needs quoting.

constexpr std::string_view bash_begin =
    R"(# bash completion for segment: source it, or put it where bash-completion looks.
_segment() {
  local current=${COMP_WORDS[COMP_CWORD]} command= word words=
  if [[ ${COMP_WORDS[COMP_CWORD-1]} == --@(input|ca-file) ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
    return
  fi
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command/$word" in
)";
constexpr std::string_view bash_middle = R"( command=$command/$word ;;
    esac
  done
  case "$command" in
)";
constexpr std::string_view bash_end = R"(  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _segment segment
)";

constexpr std::string_view zsh_begin = R"(#compdef segment
# zsh completion for segment: put it into a folder of $fpath as _segment, or source it.
_segment() {
  local command= word candidates=
  if [[ $words[CURRENT-1] == --(input|ca-file) ]]; then
    _files
    return
  fi
  for word in ${words[2,CURRENT-1]}; do
    case "$command/$word" in
)";
constexpr std::string_view zsh_end = R"(  esac
  compadd -- ${=candidates}
}
compdef _segment segment
)";

constexpr std::string_view fish_begin =
    R"(# fish completion for segment: put it into ~/.config/fish/completions as segment.fish.
function __segment_words
  set -l command ''
  for word in (commandline -opc)[2..-1]
    switch "$command/$word"
      case )";
constexpr std::string_view fish_middle = R"(
        set command "$command/$word"
    end
  end
  switch "$command"
)";
constexpr std::string_view fish_end = R"(  end
end
complete -c segment -f -a '(string split " " -- (__segment_words))'
complete -c segment -l input -r -F
complete -c segment -l ca-file -r -F
)";

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string paths_joined(const std::vector<CompletionNode>& nodes, std::string_view separator) {
  std::string text;
  for (const auto& node : nodes) {
    if (node.path.empty()) continue;
    text.append(text.empty() ? "" : separator) += node.path;
  }
  return text;
}

std::string bash_like(std::string_view begin, std::string_view end, std::string_view variable,
                      const std::vector<CompletionNode>& nodes) {
  std::string script(begin);
  script += "      " + paths_joined(nodes, "|") + ")";
  script += bash_middle;
  for (const auto& node : nodes) {
    script += "    \"" + node.path + "\") " + std::string(variable) + "=\"" + joined(node.words) +
              "\" ;;\n";
  }
  return script.append(end);
}

std::string fish(const std::vector<CompletionNode>& nodes) {
  std::string script(fish_begin);
  script += paths_joined(nodes, " ");
  script += fish_middle;
  for (const auto& node : nodes) {
    script += "    case '" + node.path + "'\n      echo '" + joined(node.words) + "'\n";
  }
  return script.append(fish_end);
}

}  // namespace

std::string completion_script(std::string_view shell, const std::vector<CompletionNode>& nodes) {
  if (shell == "fish") return fish(nodes);
  return shell == "zsh" ? bash_like(zsh_begin, zsh_end, "candidates", nodes)
                        : bash_like(bash_begin, bash_end, "words", nodes);
}

}  // namespace segment::cli
