"""click's command and group with Chinese help, and a group that imports a command when it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click


class Command(click.Command):
    """A command whose help is Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _chinese(super().get_help_option(ctx))


class LazyGroup(click.Group):
    """A group of commands named in a table: name -> (`module:attribute`, one-line help)."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._table:
            return None
        module, attribute = self._table[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self._table and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"没有命令「{name}」{nearest(name, self._table)}", ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)
        _write_table("命令", [(name, help_) for name, (_, help_) in self._table.items()], formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _chinese(super().get_help_option(ctx))


class OneOf(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5 on
    """One of fixed words; the message for another word is Chinese and names the nearest one."""

    name = "word"

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self._words:
            self.fail(f"不能是「{value}」{nearest(str(value), self._words)}", param, ctx)
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self._words if word.startswith(incomplete)]


def nearest(word: str, words: Sequence[str] | Mapping[str, Any]) -> str:
    """The end of a message about a wrong word: the nearest right one, and all that there are."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(words), 1)
    return (f"，是否指 {near[0]}？" if near else "，") + f"可用：{'、'.join(words)}"


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    params = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    _write_table("选项", [record for param in params if (record := param.get_help_record(ctx))], formatter)


def _write_table(title: str, rows: list[tuple[str, str]], formatter: click.HelpFormatter) -> None:
    """Two columns; click's own counts a Chinese character as one column wide."""
    from collectlint.visible import columns

    width = min(max((columns(name) for name, _ in rows), default=0), 28)
    formatter.write(f"\n{title}：\n")
    for name, help_ in rows:
        formatter.write(f"  {name}{' ' * (width - columns(name))}  {help_}\n")


def _chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这份帮助"
    return option
