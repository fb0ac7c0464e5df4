"""Write docs/commands.md, every command with all of its options, from the parsers themselves."""

import os
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
HEAD = """# The commands

What `--help` says, of every command; written by `python scripts/make_commands.py`.

Results go to standard output and everything else to standard error, which is silent where it is
not a terminal. With `--json` every line is one JSON object; a number that is not finite is null.
Exit codes: 0 done · 1 a fault of ours, or a gradient that `gradcheck` finds wrong · 2 something
given cannot be used · 3 training diverged · 128 + n after signal n.

Settings that are always to be the same stand in `config.toml` in the user's configuration folder
(`rnn-tui config` says where), in a file named by `--config` or `RNN_TUI_CONFIG`, or in variables
of the environment:

```toml
hidden-size = 256        # RNN_TUI_HIDDEN_SIZE does the same
theme = "textual-light"

[keys]
train.pause = "p"
```

Every option that `rnn-tui config` lists can stand there, and `--on-divergence` of `train`,
`--length`, `--top-k` and `--top-p` of `sample`, `--host`, `--port` and `--viewers` of `serve`; not
what belongs to one call: names of files, `--json`, `--prefix`, `--count`. The command line is over
the environment, the environment over the file, the file over what the text decides.

Completion: `eval "$(rnn-tui --print-completion bash)"` in `~/.bashrc`; in `~/.zshrc`
`autoload -Uz compinit && compinit` and after it `eval "$(rnn-tui --print-completion zsh)"` (or the
output in a file `_rnn-tui` in a folder of `$fpath`); for fish the output goes into
`~/.config/fish/completions/rnn-tui.fish`.
"""


def page() -> str:
    """Return the whole page."""
    os.environ["COLUMNS"] = "100"
    from rnn_tui.cli import COMMANDS, command_parser, screen_parser

    helps = {"rnn-tui CORPUS": screen_parser().format_help()}
    for name, command in COMMANDS.items():
        helps[f"rnn-tui {name}"] = command_parser(command).format_help()
    parts = [f"## {title}\n\n```text\n{text.rstrip()}\n```\n" for title, text in helps.items()]
    return "\n".join([HEAD, *parts])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print("docs/commands.md")
