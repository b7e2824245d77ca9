"""Compare frames by what they say."""

import gzip

import pyarrow as pa
import pyarrow.parquet as pq

HEADING = ("task", "worker", "label")


def content(frame):
    """Return all of a frame but its source, as plain values."""
    return {
        "items": list(frame.items),
        "workers": list(frame.workers),
        "answers": list(frame.answers),
        "rows": list(
            zip(
                frame.item_of.tolist(),
                frame.worker_of.tolist(),
                frame.answer_of.tolist(),
                strict=True,
            )
        ),
        "repeated": frame.repeated,
        "extras": {
            name: (list(column.names), column.codes.tolist())
            for name, column in frame.extras.items()
        },
    }


def table_of(rows, heading=HEADING):
    """Return the rows as an Arrow table of text."""
    columns = list(zip(*rows, strict=True)) or [()] * len(heading)
    return pa.table(
        {name: pa.array(column, pa.string()) for name, column in zip(heading, columns, strict=True)}
    )


def csv_of(rows, heading=HEADING):
    """Return the rows as CSV with every field quoted."""
    quoted = (
        ",".join('"' + field.replace('"', '""') + '"' for field in row) for row in [heading, *rows]
    )
    return "".join(f"{line}\n" for line in quoted).encode()


def save(folder, rows, suffix, heading=HEADING):
    """Write the rows to a file of that suffix."""
    path = folder / f"answers{suffix}"
    if suffix == ".parquet":
        pq.write_table(table_of(rows, heading), path)
    else:
        text = csv_of(rows, heading)
        path.write_bytes(gzip.compress(text) if suffix == ".csv.gz" else text)
    return path
