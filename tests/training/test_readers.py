"""The labelled data is read as texts with spans of code points."""

import json
import lzma

from quotekit.training.readers import read_entities, read_polnear, read_remarks


def test_attributions_are_read_with_their_spans(tmp_path):
    """Each part is a tuple of ranges; a discontinuous content keeps all of its ranges."""
    row = {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 12], [14, 16]]}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"doc": "a", "text": "Berg said it. is so", "attributions": [row]}) + "\n")
    (article,) = read_polnear(path)
    assert article.attributions is not None
    assert article.attributions[0].content == ((10, 12), (14, 16))
    assert article.mentions is None


def test_tokens_are_set_as_running_text(tmp_path):
    """Marks and hyphens close up, and names keep their place."""
    tokens = ["The", "well", "-", "known", "Anna", "Berg", ",", "of", "Oslo", ",", "said", ":", '"', "Go", '"', "."]
    tags = ["O"] * 4 + ["B-Person", "I-Person", "O", "O", "B-Location"] + ["O"] * 7
    path = tmp_path / "a.jsonl.xz"
    with lzma.open(path, "wt") as out:
        out.write(json.dumps({"doc": "a", "sentences": [{"tokens": tokens, "tags": tags}]}) + "\n")
    (article,) = read_entities(path)
    assert article.text.strip() == 'The well-known Anna Berg, of Oslo, said: "Go".'
    assert [article.text[s:e] for s, e, _ in article.mentions or ()] == ["Anna Berg", "Oslo"]


def test_remarks_come_from_talk_and_not_from_news(tmp_path):
    """Only genres in which people speak their mind give remarks."""
    path = tmp_path / "gum.conllu"
    path.write_text(
        "# newdoc id = GUM_news_one\n# text = The council met on Tuesday to discuss the plan.\n"
        "# newdoc id = GUM_conversation_two\n# text = I really do not think that this will work at all.\n"
    )
    assert list(read_remarks(path)) == ["I really do not think that this will work at all."]
