"""Sentences and words of any text, by the bundled tokenizer and by a caller's Stanza pipeline."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import stanza
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from quotekit.analysis.sentences import Sentences, Splitter, bundled_pipeline
from quotekit.analysis.tokenizer import Tokenizer
from quotekit.errors import InputError, ModelError

PACK = Path(__file__).parents[2] / "quotekit" / "models" / "en"
CASES = json.loads((Path(__file__).parents[1] / "cases" / "sentences.json").read_text(encoding="utf-8"))
FERRY = "“The last ferry has left,” Dr. Osei said. He didn't wait."

any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=300)  # lone surrogates as well


@pytest.fixture(scope="module")
def splitter() -> Splitter:
    """The bundled tokenizer, loaded once."""
    return Splitter.bundled(PACK)


@pytest.fixture(scope="module")
def stock_pipeline(tmp_path_factory: pytest.TempPathFactory) -> stanza.Pipeline:
    """Stanza's own tokenize processor with the bundled weights, saved the way Stanza saves its models."""
    folder = tmp_path_factory.mktemp("stanza")
    (folder / "resources.json").write_text("{}")
    tokenizer = Tokenizer.load(PACK)
    index = {char: number for number, char in enumerate(tokenizer.vocabulary)}
    vocabulary = {"lang": "en", "idx": 0, "cutoff": 0, "lower": False, "_unit2id": index}
    training = {"lr0": 0.002, "weight_decay": 0.0, "batch_size": 32, "max_seqlen": 300}
    absent = {"use_mwt": False, "hierarchical": False, "conv_res": None, "tok_noise": 0, "use_dictionary": False}
    layers = {"rnn_layers": 1, "feat_dropout": 0.0}
    features = ["space_before", "capitalized", "numeric", "end_of_para", "start_of_para"]
    text = {"lang": "en", "shorthand": "en_quotekit", "skip_newline": False, "vocab_size": len(tokenizer.vocabulary)}
    model = {
        "model": tokenizer.network.state_dict(),
        "vocab": {**vocabulary, "_id2unit": list(tokenizer.vocabulary)},
        "lexicon": None,
        "config": {**tokenizer.config, **layers, **training, **absent, **text, "feat_funcs": features, "feat_dim": 5},
    }
    torch.save(model, folder / "tokenizer.pt")
    return stanza.Pipeline(
        lang="en",
        dir=str(folder),
        processors="tokenize",
        tokenize_model_path=str(folder / "tokenizer.pt"),
        allow_unknown_language=True,
        download_method=None,
        use_gpu=False,
        verbose=False,
    )


def texts_of(text: str, found: Sentences) -> tuple[list[str], list[str]]:
    """The sentences and the words as strings."""
    return [text[span.slice] for span in found.sentences], [text[span.slice] for span in found.words]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, id=c["name"], marks=[pytest.mark.xfail(reason=c["fails"])] if c.get("fails") else [])
        for c in CASES
    ],
)
def test_labeled_sentences(splitter: Splitter, case: dict[str, Any]) -> None:
    """Each labeled text is cut into exactly its sentences."""
    (found,) = splitter.split([case["text"]])
    assert texts_of(case["text"], found)[0] == case["sentences"]


def test_words(splitter: Splitter) -> None:
    """Marks and clitics are words of their own; an abbreviation keeps its stop."""
    (found,) = splitter.split([FERRY])
    expected = "“ The last ferry has left , ” Dr. Osei said . He did n't wait ."
    assert texts_of(FERRY, found)[1] == expected.split()


@settings(deadline=None)
@given(any_text)
def test_words_hold_every_character_but_white_space(splitter: Splitter, text: str) -> None:
    """Of any text, the words in order are all that is not white space, and each cuts the text itself."""
    (found,) = splitter.split([text])
    ends = [end for word in found.words for end in (word.start, word.end)]
    assert ends == sorted(ends)
    assert all(word and not text[word.slice].isspace() and len(word) > 0 for word in found.words)
    blank = {chr(code) for code in range(0x80, 0xA0)}
    solid = [char for char in text if not char.isspace() and char not in blank]
    assert "".join(texts_of(text, found)[1]) == "".join(solid)


@settings(deadline=None)
@given(any_text)
def test_sentences_hold_every_word(splitter: Splitter, text: str) -> None:
    """Of any text, sentences do not overlap, start and end with a word, and leave none out."""
    (found,) = splitter.split([text])
    starts, ends = {word.start for word in found.words}, {word.end for word in found.words}
    assert all(sentence.start in starts and sentence.end in ends for sentence in found.sentences)
    inside = [word for s in found.sentences for word in found.words if s.contains(word)]
    assert inside == list(found.words)


@settings(deadline=None, max_examples=30)
@given(st.lists(any_text, max_size=5))
def test_a_text_does_not_depend_on_its_neighbors(splitter: Splitter, texts: list[str]) -> None:
    """Texts split together give what each gives alone."""
    assert splitter.split(texts) == [splitter.split([text])[0] for text in texts]


@pytest.mark.parametrize("text", ["", " ", "\r\n\t\r\n", "\u00a0\u2003", "\x85\u2028"])
def test_text_without_words(splitter: Splitter, text: str) -> None:
    """Nothing but white space has no sentences."""
    assert splitter.split([text]) == [Sentences()]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028"])
def test_line_breaks_of_every_kind(splitter: Splitter, line_break: str) -> None:
    """A line break of any kind ends a sentence that has no stop."""
    text = line_break.join(["Rain floods the valley", "Villagers have left their homes."])
    (found,) = splitter.split([text])
    assert texts_of(text, found)[0] == text.split(line_break)


@pytest.mark.parametrize(
    "word",
    ["\ud800", "\x00", "\U0001f600", "שלום", "会議", "a\u200bb"],
    ids=["surrogate", "NUL", "emoji", "Hebrew", "Chinese", "zero width"],
)
def test_foreign_characters_keep_their_place(splitter: Splitter, word: str) -> None:
    """Characters the network does not know shift nothing after them."""
    text = f"The sign said {word} today. Nobody could read it."
    (found,) = splitter.split([text])
    assert text[found.sentences[-1].slice] == "Nobody could read it."


@pytest.mark.parametrize(
    "text",
    ["x" * 500_000, "The dam has held so far. " * 20_000, "“ " * 250_000, "\n" * 250_000 + "end" + " " * 250_000],
    ids=["one word", "one line", "marks", "white space"],
)
def test_long_texts_take_linear_time(splitter: Splitter, text: str) -> None:
    """Half a million characters without a line break are cut in seconds, and nothing is lost."""
    started = time.process_time()
    (found,) = splitter.split([text])
    assert time.process_time() - started < 20
    assert sum(map(len, found.words)) == sum(map(len, text.split()))


def test_a_long_paragraph_is_cut_like_a_short_one(splitter: Splitter) -> None:
    """The borders of the windows a long paragraph is read in leave no trace."""
    sentence = "“The dam has held,” the engineer said on Friday."
    text = " ".join([sentence] * 300)
    (found,) = splitter.split([text])
    assert texts_of(text, found)[0] == [sentence] * 300


def test_threads_agree(splitter: Splitter) -> None:
    """One splitter used from eight threads gives the same everywhere."""
    texts = [case["text"] for case in CASES]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: splitter.split(texts), range(8)))
    assert all(result == results[0] for result in results)


def test_torch_is_left_as_it_was(splitter: Splitter) -> None:
    """Splitting changes neither the caller's number of threads nor the state of chance."""
    threads, chance = torch.get_num_threads(), torch.get_rng_state()
    torch.set_num_threads(threads + 1)
    splitter.split([FERRY])
    assert torch.get_num_threads() == threads + 1
    assert torch.equal(torch.get_rng_state(), chance)
    torch.set_num_threads(threads)


def test_stanza_itself_reads_the_bundled_weights_alike(splitter: Splitter, stock_pipeline: stanza.Pipeline) -> None:
    """Stanza's own code, given the bundled weights, finds the same words."""
    texts = [case["text"] for case in CASES if "\n" not in case["text"] and "www" not in case["text"]]
    documents = [stock_pipeline(text) for text in texts]
    ours = splitter.split(texts)
    assert [Splitter.read(document).words for document in documents] == [found.words for found in ours]


def test_a_pipeline_of_the_caller(splitter: Splitter, stock_pipeline: stanza.Pipeline) -> None:
    """A caller's pipeline takes the place of the bundled tokenizer, paragraph by paragraph."""
    texts = [FERRY, "", "Rain floods the valley\n" + FERRY]
    assert Splitter.of(stock_pipeline).split(texts) == splitter.split(texts)


@pytest.mark.parametrize("text", ["x" * 12_000, "word " * 4_000, "\ud800 left.", "\x00", " \n\u2028"])
def test_a_pipeline_of_the_caller_takes_any_text(stock_pipeline: stanza.Pipeline, text: str) -> None:
    """Overlong and odd texts go through a caller's pipeline without an error, and their words cut the text."""
    (found,) = Splitter.of(stock_pipeline).split([text])
    words = texts_of(text, found)[1]
    assert "".join(words) == "".join(text.split())


def test_other_things_are_no_pipeline() -> None:
    """What is not a pipeline is refused by the name of its type."""
    with pytest.raises(InputError, match=r"expected a stanza\.Pipeline .* got str"):
        Splitter.of("en")


def test_a_pipeline_for_words_is_refused(tmp_path: Path) -> None:
    """A pipeline that takes text already cut into words cannot say where they stood."""
    (tmp_path / "resources.json").write_text("{}")
    options = {"allow_unknown_language": True, "download_method": None, "use_gpu": False, "verbose": False}
    words_only = stanza.Pipeline("en", dir=str(tmp_path), processors="tokenize", tokenize_pretokenized=True, **options)
    with pytest.raises(InputError, match="tokenize_pretokenized"):
        Splitter.of(words_only)


def test_a_document_of_the_caller(splitter: Splitter) -> None:
    """An analyzed document gives its own sentences and words."""
    document = bundled_pipeline(PACK)(FERRY)
    assert [Splitter.read(document)] == splitter.split([FERRY])


def test_a_document_without_text_is_refused() -> None:
    """Without its text a document's offsets mean nothing."""
    with pytest.raises(InputError, match="with its text"):
        Splitter.read(stanza.Document([]))


@pytest.mark.parametrize("place", [{}, {"start_char": 0, "end_char": 9}], ids=["none", "beyond the text"])
def test_a_document_without_offsets_is_refused(place: dict[str, int]) -> None:
    """Tokens that do not say where in the text they stand are refused."""
    with pytest.raises(InputError, match=r"stanza\.Document whose tokens"):
        Splitter.read(stanza.Document([[{"id": (1,), "text": "Go", **place}]], text="Go"))


def test_the_bundled_pipeline_makes_documents() -> None:
    """The pipeline for other processors has sentences and tokens that stand in its text, in bulk as well."""
    pipeline = bundled_pipeline(PACK)
    (document,) = pipeline.bulk_process([FERRY])
    assert [s.text for s in document.sentences] == [s.text for s in pipeline(FERRY).sentences]
    assert [FERRY[token.start_char : token.end_char] for token in document.iter_tokens()] == [
        token.text for token in document.iter_tokens()
    ]


def test_the_bundled_pipeline_takes_other_processors() -> None:
    """Processors of Stanza's go on from the bundled tokens."""
    pipeline = bundled_pipeline(PACK, ["lemma"], lemma_use_identity=True)
    (sentence,) = pipeline("He waited.").sentences
    assert [word.lemma for word in sentence.words] == ["He", "waited", "."]


def test_stanza_logs_as_before() -> None:
    """Building the pipeline leaves the caller's logging level alone."""
    logger = logging.getLogger("stanza")
    level = logger.level
    bundled_pipeline(PACK)
    assert logger.level == level


def copied_pack(folder: Path, **changed: bytes | None) -> Path:
    """A copy of the tokenizer's files; `changed` gives new bytes by suffix, `None` leaves the file out."""
    for suffix in ("json", "safetensors"):
        content = changed.get(suffix, (PACK / f"tokenizer.{suffix}").read_bytes())
        if content is not None:
            (folder / f"tokenizer.{suffix}").write_bytes(content)
    return folder


@pytest.mark.parametrize("suffix", ["json", "safetensors"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff" * 64], ids=["missing", "empty", "empty object", "noise"])
def test_a_damaged_pack_is_told(tmp_path: Path, suffix: str, content: bytes | None) -> None:
    """A missing or damaged file is named, with the remedy."""
    with pytest.raises(ModelError, match=rf"tokenizer\.{suffix}.* install quotekit again"):
        Splitter.bundled(copied_pack(tmp_path, **{suffix: content}))


def test_files_that_do_not_fit_are_told(tmp_path: Path) -> None:
    """Weights of another size than the configuration says are refused."""
    description = json.loads((PACK / "tokenizer.json").read_text())
    description["config"]["hidden_dim"] += 1
    with pytest.raises(ModelError, match=r"tokenizer\.safetensors"):
        Splitter.bundled(copied_pack(tmp_path, json=json.dumps(description).encode()))


def run_python(code: str) -> Sequence[str]:
    """What a fresh interpreter prints on stdout and stderr; no socket can be opened in it."""
    closed = "import socket; socket.socket.connect = socket.create_connection = None\n"
    done = subprocess.run([sys.executable, "-c", closed + code], capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_loading_is_silent_and_offline() -> None:
    """Loading and splitting say nothing and need no network, the Stanza pipeline neither."""
    code = f"""
from pathlib import Path
from quotekit.analysis.sentences import Splitter, bundled_pipeline
Splitter.bundled(Path({str(PACK)!r})).split(["We met."])
bundled_pipeline(Path({str(PACK)!r}))("We met.")
"""
    assert run_python(code) == ("", "")


def test_importing_loads_neither_torch_nor_stanza() -> None:
    """The heavy packages are imported where they are used."""
    code = "import sys, quotekit.analysis.sentences; print({'torch', 'stanza'} & sys.modules.keys())"
    assert run_python(code) == ("set()\n", "")
