"""Attributions told by the form of a line."""

import json
from pathlib import Path

import pytest

from quotekit.document import Document
from quotekit.extraction.forms import find_forms
from quotekit.quotations import find_quotations

CASES = json.loads((Path(__file__).parent.parent / "cases" / "forms.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_forms_are_told(case):
    """Sources, cues and contents of every signed quotation and turn, and nothing where there is none."""
    document = Document(text=case["text"], quotations=find_quotations(case["text"]))
    found = [
        [document[form.source], document[form.cue], [document[span] for span in form.content]]
        for form in find_forms(document)
    ]
    assert found == case["forms"]
