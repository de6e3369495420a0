"""Stanza both ways: `attribution` as a stage of a pipeline, and Stanza's documents and pipelines as what is read."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest
import stanza
import torch
from stanza.pipeline.registry import PIPELINE_NAMES
from stanza.utils.conll import CoNLL

import quotekit
import quotekit.integrations.stanza
from quotekit.analysis.pack import BUNDLED
from quotekit.analysis.tokenizer import Tokenizer
from quotekit.integrations.stanza import offline_pipeline

EXAMPLES = Path(__file__).parents[2] / "examples"
ARTICLE = "“The ferry is late,” said Anna Berg, the mayor. She added that the bridge would stay shut until May."
OTHER = "It rained.\n\nThe harbor master, Paul Reed, told reporters that nobody was hurt."
POST = "The Foreign Office spokesperson said that talks would go on."


@pytest.fixture(scope="module")
def pipeline() -> stanza.Pipeline:
    """The pipeline that needs nothing but quotekit."""
    return offline_pipeline()


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `stanza.download("en")` leaves it, with the bundled tokenizer as its only model."""
    folder = tmp_path_factory.mktemp("stanza_resources")
    (folder / "en" / "tokenize").mkdir(parents=True)
    listed = {"tokenize": {"combined": {"md5": ""}}, "packages": {"default": {"tokenize": "combined"}}}
    (folder / "resources.json").write_text(json.dumps({"en": {"lang_name": "English", **listed}}))
    tokenizer = Tokenizer.load(BUNDLED / "en")
    index = {char: number for number, char in enumerate(tokenizer.vocabulary)}
    features = ["space_before", "capitalized", "numeric", "end_of_para", "start_of_para"]
    config = {
        **tokenizer.config, "lang": "en", "shorthand": "en_combined", "vocab_size": len(index), "rnn_layers": 1,
        "feat_funcs": features, "feat_dim": len(features), "feat_dropout": 0.0, "use_mwt": False, "hierarchical": False,
        "conv_res": None, "tok_noise": 0, "use_dictionary": False, "skip_newline": False, "max_seqlen": 300,
        "lr0": 0.002, "weight_decay": 0.0, "batch_size": 32,
    }  # fmt: skip
    vocabulary = {"lang": "en", "idx": 0, "cutoff": 0, "lower": False, "_unit2id": index, "_id2unit": [*index]}
    saved = {"model": tokenizer.network.state_dict(), "vocab": vocabulary, "lexicon": None, "config": config}
    torch.save(saved, folder / "en" / "tokenize" / "combined.pt")
    return folder


def downloaded(models: Path, processors: str = "tokenize,attribution", **options: object) -> stanza.Pipeline:
    """A pipeline as people with Stanza's models make it."""
    return stanza.Pipeline(
        "en", dir=str(models), processors=processors, download_method=None, use_gpu=False, verbose=False, **options
    )


def test_a_pipeline_with_stanzas_models_takes_the_processor(models, attributor):
    """After the import, `attribution` is a stage like any other, and finds what `attribute` finds."""
    document = downloaded(models)(ARTICLE)
    assert document.attributions == attributor.attribute(ARTICLE).attributions
    assert document.quotekit.text == ARTICLE
    assert [token.text for token in document.sentences[1].tokens][:2] == ["She", "added"]


def test_a_pipeline_needs_no_models_of_stanzas(pipeline, attributor):
    """The offline pipeline finds the same."""
    assert pipeline(ARTICLE).quotekit == attributor.attribute(ARTICLE)


@pytest.mark.parametrize("make", ["texts", "documents"])
def test_many_at_once(models, attributor, make):
    """In bulk each document has its own attributions, an empty one none."""
    texts = [ARTICLE, "", OTHER]
    given = texts if make == "texts" else [stanza.Document([], text=text) for text in texts]
    found = [document.quotekit for document in downloaded(models).bulk_process(given)]
    assert found == [attributor.attribute(text) for text in texts]


def test_a_stream_of_documents(models, attributor):
    """Documents that come one after another are read in batches."""
    texts = [ARTICLE, OTHER] * 3
    found = [document.quotekit for document in downloaded(models).stream(iter(texts), batch_size=4)]
    assert found == [attributor.attribute(text) for text in texts]


def test_a_document_that_was_processed_before(models, pipeline):
    """The stage alone goes over documents that are cut into words already."""
    document = downloaded(models, "tokenize")(ARTICLE)
    assert not hasattr(document, "quotekit")
    assert pipeline(document, processors="attribution").quotekit == pipeline(ARTICLE).quotekit


def test_text_cut_into_words_by_the_caller(tmp_path):
    """With `tokenize_pretokenized` the words are the caller's, and the text is what Stanza makes of them."""
    words = offline_pipeline(
        with_tokenize=False, tokenize_pretokenized=True, tokenize_with_quotekit=False, verbose=False
    )
    document = words([["Anna", "Berg", "said", "that", "the", "ferry", "was", "late", "."], ["It", "rained", "."]])
    assert [a.text for a in document.attributions] == ["that the ferry was late"]
    assert document.quotekit.text == "Anna Berg said that the ferry was late . It rained ."


def test_the_registry_and_the_date_are_options(models):
    """Who held a post is told by the registry and the date that the pipeline was given."""
    registry = EXAMPLES / "registry.json"
    for given in (str(registry), quotekit.Registry.load(registry)):
        read = downloaded(models, attribution_registry=given, attribution_date="2018-02-24", attribution_outlet="Dawn")
        document = read(POST)
        assert document.attributions[0].speaker.name == "Muhammad Faisal"
        assert (document.quotekit.date, document.quotekit.outlet) == ("2018-02-24", "Dawn")
        assert read.bulk_process([POST])[0].quotekit == document.quotekit


def test_a_pack_of_the_callers(models, tmp_path):
    """Stanza's usual option names the folder of the model; a folder without one is refused."""
    assert downloaded(models, attribution_model_path=str(BUNDLED / "en"))(ARTICLE).attributions
    with pytest.raises(quotekit.ModelError, match="no model pack at"):
        downloaded(models, attribution_model_path=str(tmp_path))


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"attribution_registery": "a.json"}, "takes attribution_registry, .*; got attribution_registery"),
        ({"attribution_registry": 7}, "expected attribution_registry to be a Registry or the path of one, got int"),
        ({"attribution_date": "May"}, "expected a date as YYYY, YYYY-MM or YYYY-MM-DD, got 'May'"),
    ],
    ids=["unknown", "no registry", "no date"],
)
def test_wrong_options_are_told_when_the_pipeline_is_made(option, message):
    """Stanza itself would pass over them."""
    with pytest.raises(quotekit.InputError, match=message):
        offline_pipeline(**option)


def test_loading_the_module_again_registers_nothing_twice(pipeline):
    """A stage that is listed twice would run twice."""
    importlib.reload(quotekit.integrations.stanza)
    assert PIPELINE_NAMES.count("attribution") == 1


def test_comments_of_sentences_stay(pipeline):
    """What a file said of its sentences is still there, and changes nothing."""
    rows = [(word, start, start + len(word)) for word, start in (("He", 0), ("left", 3), (".", 7))]
    lines = [f"{n}\t{w}\t_\t_\t_\t_\t{n - 1}\t_\t_\tstart_char={s}|end_char={e}" for n, (w, s, e) in enumerate(rows, 1)]
    document = CoNLL.conll2doc(input_str="# newdoc id = a\n# speaker = Berg\n" + "\n".join(lines) + "\n\n")
    document.text = "He left."
    pipeline(document, processors="attribution")
    assert document.attributions == ()
    assert "# newdoc id = a" in document.sentences[0].comments


def test_words_of_several_syntactic_words(attributor):
    """Where Stanza's models split "don't" into two words, the token says where it stands."""
    words = [{"id": (1, 2), "text": "Don't", "start_char": 0, "end_char": 5}, {"id": (1,), "text": "Do"}]
    words += [{"id": (2,), "text": "n't"}, {"id": (3,), "text": "go", "start_char": 6, "end_char": 8}]
    assert attributor.attribute(stanza.Document([words], text="Don't go")).text == "Don't go"


def test_a_document_without_its_text_is_refused_with_the_remedy(attributor, pipeline):
    """Read from CoNLL-U, a document knows no text; the message says how to give it one."""
    document = CoNLL.conll2doc(input_str="1\tGo\t_\t_\t_\t_\t0\troot\t_\t_\n\n")
    for read in (attributor.attribute, lambda given: pipeline(given, processors="attribution")):
        with pytest.raises(quotekit.InputError, match=r"that has its text, got one without: set document\.text = "):
            read(document)


def test_in_bulk_a_document_that_cannot_be_read_says_why(pipeline):
    """The others are read."""
    lost = stanza.Document([[{"id": (1,), "text": "Go"}]], text="Go")
    good = pipeline(ARTICLE, processors="tokenize")
    first, second = pipeline.bulk_process([lost, good], processors="attribution")
    assert [issue.code for issue in first.quotekit.issues] == ["bad-item"]
    assert len(second.attributions) == 2


def test_a_document_that_nobody_cut_into_words(attributor):
    """A document that has only its text is read as the text is."""
    assert attributor.attribute(stanza.Document([], text=ARTICLE)) == attributor.attribute(ARTICLE)


def test_a_pipeline_that_attributes_serves_an_attributor(models, attributor):
    """Of a pipeline with more stages only the words and sentences are asked for."""
    assert quotekit.Attributor(pipeline=downloaded(models)).attribute(ARTICLE) == attributor.attribute(ARTICLE)
