"""`tessera store`: bytes in, CID out."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from dao_client.cli.options import LOCAL_STORE, AsJson, StoreUrl
from dao_client.cli.output import progress, show
from ipfs_store import add_file, open_store, parse_cid, read_file

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Add, get and pin files by CID.")

CidArgument = Annotated[str, typer.Argument(metavar="CID", help="What `tessera store add` gave.")]


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    store: StoreUrl = LOCAL_STORE,
    as_json: AsJson = False,
) -> None:
    """Store files and pin them; the CIDs are those of the profile unixfs-v1-2025."""
    opened, rows = open_store(store), []
    for path in files:
        with progress(f"Adding {path}"), path.open("rb") as stream:
            rows.append(
                {
                    "file": str(path),
                    "cid": add_file(opened, stream),
                    "bytes": path.stat().st_size,
                }
            )
    show(rows, as_json=as_json)


@app.command()
def get(
    cid: CidArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; stdout if left out.")
    ] = None,
    store: StoreUrl = LOCAL_STORE,
    as_json: AsJson = False,
) -> None:
    """Read a file, each block verified against its CID."""
    checked = parse_cid(cid)
    if as_json and output is None:
        raise typer.BadParameter("--json tells about a file: name one with --output")
    chunks = read_file(open_store(store), checked)
    if output is None:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(output.name + ".part")
    try:
        with progress(f"Reading {cid}"), partial.open("wb") as file:
            written = sum(file.write(chunk) for chunk in chunks)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
    show({"cid": cid, "file": str(output), "bytes": written}, as_json=as_json)


@app.command()
def pin(cid: CidArgument, store: StoreUrl = LOCAL_STORE, as_json: AsJson = False) -> None:
    """Keep a block, and all that it links, from being cleared away."""
    checked = parse_cid(cid)
    with progress(f"Pinning {cid}"):
        open_store(store).pin(checked)
    show({"cid": checked, "is_pinned": True}, as_json=as_json)
