"""Fill the examples of docs/encodings.md and docs/documents.md from the code.

A page holds lines `<!-- example NAME -->` … `<!-- end -->`; what is between them is generated.
NAME is the kind of a document, `message_` and the name of a signed message, or a word of
`_examples`.
"""

import json
import re
from pathlib import Path

from dao_client.documents.values import to_hex
from tests.dao_client.vectors.cases import vectors

FOLDER = Path(__file__).parents[3] / "docs"
DOCS = (FOLDER / "encodings.md", FOLDER / "documents.md")
EXAMPLE = re.compile(r"(<!-- example (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_examples(page: Path) -> str:
    """Return the text of a page with fresh examples."""
    text = page.read_text(encoding="utf-8")
    shown = _examples()
    return EXAMPLE.sub(lambda found: f"{found[1]}```{shown[found[2]]}\n```\n{found[3]}", text)


def _examples() -> dict[str, str]:
    computed = vectors()
    examples = {
        kind: f"text\n{document['cid']}\n{document['digest']}\n```\n```json\n"
        + json.dumps(json.loads(document["canonical"]), indent=1, ensure_ascii=False)
        for kind, document in computed["documents"].items()
    }
    encoding = computed["encoding"]
    examples["answer"] = "text\n" + "\n".join(
        f"{answer['canonical']:<16} {answer['digest']}" for answer in encoding["answers"]
    )
    examples["commitment"] = _words(
        encoding["commitment"]["types"],
        encoding["commitment"]["row"],
        f"keccak256 = {encoding['commitment']['hash']}",
    )
    examples["method"] = "json\n" + json.dumps(encoding["methods"][1], indent=1)
    examples["anchor_head"] = "json\n" + json.dumps(encoding["anchor_heads"][2], indent=1)
    tree = next(tree for tree in computed["merkle"] if len(tree["rows"]) == 3)
    examples["tree"] = "json\n" + json.dumps(tree, indent=1)
    for message in computed["messages"]:
        name = message["message"]["primaryType"].lower()
        examples[f"message_{name}"] = "json\n" + json.dumps(message, indent=1)
    return examples


def _words(types: list[str], row: list[str], last: str) -> str:
    lines = [f"{kind:<8} {_word(kind, cell)}" for kind, cell in zip(types, row, strict=True)]
    return "text\n" + "\n".join([*lines, last])


def _word(kind: str, cell: str) -> str:
    if kind == "uint256":
        return to_hex(int(cell).to_bytes(32, "big"))
    return "0x" + cell[2:].lower().rjust(64, "0")
