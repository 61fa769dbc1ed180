"""The worked notebook runs as it stands, and holds no output."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

PATH = Path(__file__).parents[1] / "notebooks/what_would_have_to_be_true.ipynb"


def test_the_notebook_runs(capsys):
    notebook = nbformat.read(PATH, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(PATH.parent)}}).execute()
    last = "".join(str(output) for output in notebook.cells[-1].outputs)
    assert "True" in last
    with capsys.disabled():
        print(next(output["data"]["text/plain"] for output in notebook.cells[-1].outputs if "data" in output))
