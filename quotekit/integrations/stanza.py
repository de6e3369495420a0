"""Attributions as a stage of a `stanza.Pipeline`: importing this module makes the processor `attribution` known.

    import stanza
    import quotekit.integrations.stanza

    pipeline = stanza.Pipeline("en", processors="tokenize,attribution", attribution_registry="speakers.json")
    document = pipeline(text)
    document.attributions  # quotekit's attributions
    document.quotekit      # the whole quotekit.Document

Sentences and words are those of the pipeline. Its options, which hold for every document it reads:

    attribution_registry    a `Registry`, or the path of one
    attribution_date        the date of the articles, as `quotekit.attribute` takes it
    attribution_outlet      their outlet
    attribution_model_path  the folder of a pack, in place of the one that ships
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from stanza.pipeline.processor import Processor, register_processor
from stanza.pipeline.registry import NAME_TO_PROCESSOR_CLASS

from quotekit.analysis.pack import BUNDLED
from quotekit.analysis.sentences import bundled_pipeline
from quotekit.api import Attributor
from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.registry import Registry

__all__ = ["AttributionProcessor", "offline_pipeline"]

NAME = "attribution"
OPTIONS = ("registry", "date", "outlet", "model_path")
STANZAS_OWN = {"lang", "mode", "pretagged", "check_requirements"}  # what Stanza gives to any processor


class AttributionProcessor(Processor):  # type: ignore[misc]
    """The stage `attribution`, made by `stanza.Pipeline`; needs `tokenize` before it.

    A document that went through it has `.quotekit`, the `quotekit.Document`, and `.attributions`, what that one found.
    Both are lost where Stanza writes the document down (`to_dict`, `to_serialized`): `quotekit.to_dict` keeps them.
    """

    PROVIDES_DEFAULT = frozenset({NAME})
    REQUIRES_DEFAULT = frozenset({"tokenize"})

    def __init__(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        super().__init__(config, pipeline, device)
        unknown = config.keys() - {*OPTIONS, *STANZAS_OWN}
        if unknown:
            options = ", ".join(f"{NAME}_{name}" for name in OPTIONS)
            raise InputError(f"the processor {NAME} takes {options}; got {NAME}_{min(unknown)}")
        # Stanza makes up a model_path where none is given: only the caller's own counts.
        model = pipeline.kwargs.get(f"{NAME}_model_path")
        self._attributor = Attributor(_registry(config.get("registry")), config["lang"], model)
        self._known: dict[str, Any] = {"date": config.get("date"), "outlet": config.get("outlet")}
        self._attributor.attribute("", **self._known)  # a wrong date is told now, not with the first document

    def process(self, document: Any) -> Any:
        """Read one document; raises `InputError` where it has no text, or its tokens do not say where they stand."""
        return _carrying(document, self._attributor.attribute(document, **self._known))

    def bulk_process(self, documents: Sequence[Any]) -> list[Any]:
        """Read many documents at once; for one that cannot be read, `.quotekit.issues` says why."""
        items: list[Mapping[str, Any]] = [{**self._known, "text": document} for document in documents]
        return list(map(_carrying, documents, self._attributor.attribute_many(items)))


def _carrying(document: Any, found: Document) -> Any:
    document.quotekit, document.attributions = found, found.attributions
    return document


def _registry(given: Registry | str | os.PathLike[str] | None) -> Registry | None:
    if given is None or isinstance(given, Registry):
        return given
    if isinstance(given, (str, os.PathLike)):
        return Registry.load(given)
    raise InputError(f"expected {NAME}_registry to be a Registry or the path of one, got {type(given).__name__}")


def offline_pipeline(processors: Sequence[str] = (NAME,), **options: Any) -> Any:
    """A `stanza.Pipeline` for English that needs no network and no models of Stanza's.

    quotekit's own tokenizer comes first, then `processors`; `options` go to `stanza.Pipeline`.

    >>> document = offline_pipeline()("“It is late,” said Anna Berg.")
    >>> document.attributions[0].speaker.name
    'Anna Berg'
    """
    return bundled_pipeline(BUNDLED / "en", processors, **options)


if NAME not in NAME_TO_PROCESSOR_CLASS:  # registered twice, when this module is loaded again, it would run twice
    register_processor(NAME)(AttributionProcessor)
