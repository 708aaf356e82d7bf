#include "completion/scripts.hpp"

namespace segment::cli {

namespace {

// Each script offers what the program says, and files if it says so. A candidate is made of
// letters, digits and a few signs: nothing needs quoting.

constexpr std::string_view bash_script =
    R"(# bash completion for segment: source it, or put it where bash-completion looks.
_segment() {
  local current=${COMP_WORDS[COMP_CWORD]} line before others= IFS=$'\n'
  [[ $current == [=:]* ]] && current=
  COMPREPLY=()
  while read -r line; do
    if [[ $line == :files* ]]; then
      before=${line#:files}
      before=${before#$'\t'}
      COMPREPLY+=($(compgen -P "$before" -f -- "${current#"$before"}"))
    else
      others=1
      COMPREPLY+=("${line%%$'\t'*}")
    fi
  done < <("${COMP_WORDS[0]}" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [[ $others ]] || compopt -o filenames 2>/dev/null  # it would quote the colon of a profile
}
complete -F _segment segment
)";

constexpr std::string_view zsh_script = R"(#compdef segment
# zsh completion for segment: put it into a folder of $fpath as _segment, or source it.
_segment() {
  local line before files=
  local -a values shown
  for line in "${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == :files* ]]; then
      files=1
      before=${${line#:files}#$'\t'}
    elif [[ -n $line ]]; then
      values+=("${line%%$'\t'*}")
      shown+=("${line/$'\t'/  -- }")
    fi
  done
  compadd -l -d shown -a values
  if [[ -n $files ]]; then
    [[ -z $before ]] || compset -p ${#before}
    _files
  fi
}
compdef _segment segment
)";

constexpr std::string_view fish_script =
    R"(# fish completion for segment: put it into ~/.config/fish/completions as segment.fish.
function __segment_candidates
  set -l typed (commandline -opc) (commandline -ct)
  for line in ($typed[1] __complete -- $typed[2..-1] 2>/dev/null)
    if string match -q -- ':files*' $line
      set -l before (string replace -r '^:files\t?' '' -- $line)
      set -l name (string replace -- "$before" '' "$typed[-1]")
      for path in (__fish_complete_path "$name")
        printf '%s\n' $before$path
      end
    else
      printf '%s\n' $line
    end
  end
end
complete -c segment -f -a '(__segment_candidates)'
)";

}  // namespace

std::string_view completion_script(std::string_view shell) {
  if (shell == "fish") return fish_script;
  return shell == "zsh" ? zsh_script : bash_script;
}

}  // namespace segment::cli
