"""Finds what is said, for `make messages`: Babel itself passes over a `say` within the brackets of a `turn.say`."""

import ast
from collections.abc import Container, Iterator
from typing import IO

Found = tuple[int, str, str, list[str]]
"""Line, function, sentence, comments: what Babel wants to know."""


def sentences(file: IO[bytes], functions: Container[str], tags: object, options: object) -> Iterator[Found]:  # noqa: ARG001
    """Every sentence in a file, in the order Babel calls for it (its extractor interface)."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            sentence = node.args[0]
            if isinstance(sentence, ast.Constant) and sentence.value:
                yield node.lineno, node.func.id, str(sentence.value), []
