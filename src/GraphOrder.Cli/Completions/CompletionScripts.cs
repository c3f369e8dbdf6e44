namespace GraphOrder.Cli;

/// <summary>
/// The scripts that shells load. Each asks the tool that is being typed, and knows nothing by itself.
/// </summary>
internal static class CompletionScripts
{
    // The line as it is typed goes to the tool: bash has taken its own words apart at ':' and '='.
    public const string Bash = """
        # graph-order: completion for bash. Needs nothing else.
        _graph_order() {
            local tool=${1/#\~\//$HOME/} line
            local -a answer=()
            while IFS= read -r line; do
                answer+=("$line")
            done < <("$tool" '[complete]' bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
            COMPREPLY=("${answer[@]:1}")
            [[ ${answer[0]} == *nospace* ]] && compopt -o nospace
            # Where nothing is left to say, bash would name files.
            [[ ${answer[0]} == *files* ]] || compopt +o default +o bashdefault
            return 0
        }
        complete -o bashdefault -o default -F _graph_order graph-order

        """;

    public const string Zsh = """
        #compdef graph-order
        # graph-order: completion for zsh.
        _graph_order() {
            local tool=${${(Q)words[1]}/#\~\//$HOME/} line
            local -a answer values shown space
            local -a before=("${(@Q)words[2,CURRENT-1]}")
            answer=("${(@f)$("$tool" '[complete]' zsh "${(Q)PREFIX}" "${(@)before}" 2>/dev/null)}")
            for line in "${(@)answer[2,-1]}"; do
                [[ -n $line ]] || continue
                values+=("${line%%$'\t'*}")
                shown+=("${line%%$'\t'*}${${line#*$'\t'}:+  -- ${line#*$'\t'}}")
            done
            [[ ${answer[1]} == *nospace* ]] && space=(-S '')
            if (( $#values )); then
                compadd -l -d shown "${space[@]}" -a values
            elif [[ ${answer[1]} == *files* ]]; then
                compset -P '--*='
                _files
            else
                return 1
            fi
        }
        if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
            _graph_order "$@"
        else
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
            compdef _graph_order graph-order
        fi

        """;

    public const string Fish = """
        # graph-order: completion for fish.
        function __graph_order
            set -l words (commandline -opc)
            set -l typed (commandline -ct)
            set -l plain (string unescape -- $typed; or echo -- $typed)
            set -l tool (string replace -r '^~/' "$HOME/" -- $words[1])
            set -l answer ($tool '[complete]' fish "$plain" $words[2..-1] 2>/dev/null)
            if set -q answer[2]
                printf '%s\n' $answer[2..-1]
            else if string match -q '*files*' -- $answer[1]
                set -l prefix (string match -r -- '^--[^=]*=' $typed)
                __fish_complete_path (string replace -r -- '^--[^=]*=' '' $typed) \
                    | while read -l path
                        echo -- "$prefix$path"
                    end
            end
        end
        complete -c graph-order -f -a '(__graph_order)'

        """;
}
