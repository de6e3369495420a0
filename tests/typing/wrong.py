"""Wrong uses of the public API: each line marked `# refused` must be an error to a type checker, and no other."""

from __future__ import annotations

import quotekit
from quotekit import Attributor, Document, QuoteIndex, Registry, Span, Speaker

document = quotekit.attribute("“No,” said Ana Sol.")
attribution = document.attributions[0]

quotekit.attribute("No.", "2018")  # refused
quotekit.attribute("No.", date=2018)  # refused
quotekit.attribute("No.", registry="speakers.json")  # refused
quotekit.attribute("No.", language="en")  # refused
quotekit.attribute_many("No.", 2)  # refused
quotekit.attribute_many(["No."], workers="2")  # refused
quotekit.attribute_many(["No."])[0]  # refused
Attributor("speakers.json")  # refused
Registry("speakers.json")  # refused
Registry().resolve(None)  # refused
Registry().add("Ana Sol")  # refused
Speaker(name="Ana Sol")  # refused
Document()  # refused
Span(1)  # refused
document[3]  # refused
document.text = ""  # refused
document.quotes  # noqa: B018  # refused
attribution.speaker.name  # noqa: B018  # refused
attribution.content.append(Span(0, 1))  # refused
attribution.kind = quotekit.Kind.DIRECT  # refused
quotekit.Kind.QUOTED  # noqa: B018  # refused
quotekit.compare("No.", 7)  # refused
quotekit.match("No.")  # refused
quotekit.match([document], 0.8)  # refused
QuoteIndex().add("No.")  # refused
QuoteIndex().find(document)  # refused
quotekit.to_dict("No.")  # refused
quotekit.from_dict("{}")  # refused
quotekit.write_jsonl("out.jsonl", [document])  # refused
quotekit.to_html([document])  # refused
quotekit.find_quotations(b"No.")  # refused
