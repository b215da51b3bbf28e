"""The map in docs/architecture.md, out of the first sentence of every module: `python -m tests.map` writes it."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "docs" / "architecture.md"
BEGINS, ENDS = "<!-- the map, written by `python -m tests.map` -->\n", "<!-- the map ends -->\n"
FLOORS = ("bot", "handlers", "storage")


def told(module: Path) -> str:
    """What lives there, in its own first line."""
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0].replace("|", "\\|")


def room(folder: Path) -> str:
    """One folder: what it is for, then a line for each of its modules."""
    modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
    name, purpose = folder.relative_to(ROOT).as_posix(), told(folder / "__init__.py")
    head = f"#### `{name}/`\n{purpose}\n\n"
    if not modules:
        return head
    lines = "".join(f"| `{module.name}` | {told(module)} |\n" for module in modules)
    return f"{head}| file | what lives there |\n| --- | --- |\n{lines}\n"


def floor(name: str) -> str:
    folders = [ROOT / name, *sorted(path.parent for path in (ROOT / name).rglob("*/__init__.py"))]
    return f"### {name}\n" + "".join(room(folder) for folder in folders)


def whole() -> str:
    return BEGINS + "".join(map(floor, FLOORS)) + ENDS


def written(page: str) -> str:
    """The page with the map as it is now."""
    before, _, rest = page.partition(BEGINS)
    return before + whole() + rest.partition(ENDS)[2]


if __name__ == "__main__":
    PLACE.write_text(written(PLACE.read_text(encoding="utf-8")), encoding="utf-8")
