"""Write the golden vectors and the examples of the documentation."""

from tests.dao_client.vectors.cases import vectors
from tests.dao_client.vectors.examples_in_docs import DOCS, with_examples
from tests.dao_client.vectors.files import text_of, vector_path

for name, vector in vectors().items():
    vector_path(name).write_text(text_of(vector), encoding="utf-8")
for page in DOCS:
    page.write_text(with_examples(page), encoding="utf-8")
