"""The language of a reading is its text's, whatever a template says."""

from pathlib import Path

import pytest

from prompts.readings import load
from prompts.tongue import tongue

TEXTS = {
    "en": "The young will live longest with what is decided, and they have a right to be heard "
    "that nobody denies to the old. It is not a question of how ripe they are.",
    "de": "Die Jungen leben am längsten mit dem, was entschieden wird, und sie haben ein Recht, "
    "gehört zu werden, das niemand den Alten abspricht. Es ist nicht die Frage, ob sie reif sind.",
    "fr": "Les jeunes vivront le plus longtemps avec ce qui est décidé, et ils ont le droit d’être "
    "entendus que personne ne refuse aux vieux. Cette affaire est dans les urnes, pas dans les "
    "livres.",
    "es": "Los jóvenes vivirán más tiempo con lo que se decide, y tienen el derecho de ser oídos "
    "que nadie niega a los viejos. Pero esta no es una cuestión de madurez, sino de las urnas.",
    "it": "I giovani vivranno più a lungo con quello che si decide, e hanno il diritto di essere "
    "sentiti che nessuno nega agli anziani. Non è una questione della maturità, anche per loro.",
    "nl": "Jongeren leven het langst met wat er wordt besloten, en zij hebben een recht om gehoord "
    "te worden dat niemand aan ouderen ontzegt. Het is niet de vraag of ze rijp zijn.",
    "ru": "Молодые дольше всех будут жить с тем, что решено, и это не вопрос зрелости, как бы "
    "мы её ни понимали, а вопрос права, и оно для всех, так же как и для старых.",
    "ja": "若者は決まったことと最も長く生きるのだから、聞かれる権利がある。",
    "zh": "年轻人将在最长的时间里承受所作的决定，因此他们有权被倾听。",
    "ar": "سيعيش الشباب أطول مدة مع ما يتقرر، ولهم الحق في أن يُسمعوا.",
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_a_paragraph_tells_its_language(language: str) -> None:
    assert tongue(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "12 34", "Ok.", "Zxq vfr pljk " * 50])
def test_what_is_no_writing_has_no_language(text: str) -> None:
    assert tongue(text) is None


def test_a_template_s_language_yields_to_the_text_and_a_person_s_does_not(tmp_path: Path) -> None:
    page = f"<!doctype html><html lang=en-US><p>{TEXTS['de']}</p></html>"
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "b.html").write_text(page.replace("Alten", "Ältesten"))
    (tmp_path / "b.html.toml").write_text('language = "en"')
    (tmp_path / "c.html").write_text(f"<!doctype html><html lang=en-GB><p>{TEXTS['en']}</p></html>")
    (tmp_path / "d.html").write_text("<!doctype html><html lang=c><p>Dams, dams, dams.</p></html>")
    (tmp_path / "e.txt").write_text(TEXTS["fr"])
    found = {reading.key: reading.language for reading in load(tmp_path).readings}
    assert found == {
        "a.html": "de",
        "b.html": "en",
        "c.html": "en-gb",
        "d.html": "en",
        "e.txt": "fr",
    }
