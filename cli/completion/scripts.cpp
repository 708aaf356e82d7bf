#include "completion/scripts.hpp"

namespace segment::cli {

namespace {

// Behind flags that take a file each script offers files, and else what the program says. A
// candidate is made of letters, digits and a few signs: nothing needs quoting.

constexpr std::string_view bash_script =
    R"(# bash completion for segment: source it, or put it where bash-completion looks.
_segment() {
  local current=${COMP_WORDS[COMP_CWORD]} IFS=$'\n'
  if [[ ${COMP_WORDS[COMP_CWORD-1]} == --@(input|ca-file|token-file) ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
    return
  fi
  COMPREPLY=($("${COMP_WORDS[0]}" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -F _segment segment
)";

constexpr std::string_view zsh_script = R"(#compdef segment
# zsh completion for segment: put it into a folder of $fpath as _segment, or source it.
_segment() {
  local line
  local -a values shown
  if [[ $words[CURRENT-1] == --(input|ca-file|token-file) ]]; then
    _files
    return
  fi
  for line in "${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    values+=("${line%%$'\t'*}")
    shown+=("${line/$'\t'/  -- }")
  done
  compadd -l -d shown -a values
}
compdef _segment segment
)";

constexpr std::string_view fish_script =
    R"(# fish completion for segment: put it into ~/.config/fish/completions as segment.fish.
function __segment_candidates
  set -l typed (commandline -opc) (commandline -ct)
  $typed[1] __complete -- $typed[2..-1] 2>/dev/null
end
complete -c segment -f -a '(__segment_candidates)'
complete -c segment -l input -r -F
complete -c segment -l ca-file -r -F
complete -c segment -l token-file -r -F
)";

}  // namespace

std::string_view completion_script(std::string_view shell) {
  if (shell == "fish") return fish_script;
  return shell == "zsh" ? zsh_script : bash_script;
}

}  // namespace segment::cli
