"""Which sentences are claims."""

from dataclasses import replace
from pathlib import Path

import pytest

from prompts.claims import PART, WORDED, series
from prompts.clauses import outline
from prompts.engine import analyse
from prompts.genres import Genre, genre
from prompts.mine import reading
from prompts.model import Voice
from prompts.signs import signs
from prompts.voices import voices

ESSAY = """Zoos in our time

In recent years, people have been discussing zoos. Some say that zoos are prisons. In my opinion, \
zoos should be kept because they protect rare animals.

First of all, zoos protect species that would otherwise die out. For example, 30 pandas were born \
in 2019 in China.

However, it is often claimed that animals suffer behind bars. But such a view ignores how much \
better modern zoos have become.

In conclusion, zoos are necessary for the survival of many animals and they should be supported.
"""


def test_the_thesis_of_an_essay_stands_first_and_the_background_last() -> None:
    found = analyse(reading(ESSAY)).claims
    assert "zoos should be" in found[0].passage.text or "be supported" in found[0].passage.text
    low = {claim.passage.text[:15] for claim in found if claim.score < 0.5}
    assert {"In recent years", "Some say that z", "For example, 30"} <= low


@pytest.mark.parametrize(
    "source",
    [
        "Lindsay, James M., ‘Why Sanctions Must Fail’, Studies, Vol.30, pp.153-170.",
        "[iii] Ouellette, Matthew David, ‘Low Cost Heads Should Be Used’, Theses.",
        "Ratner, S. R., & Helman, G. B. (2010), ‘Failed states must be saved’, Policy.",
    ],
)
def test_an_entry_of_a_list_of_sources_is_no_claim(source: str) -> None:
    text = f"Sanctions should be ended because they do not work. {source}"
    found = analyse(reading(text)).claims
    listed = [claim for claim in found if claim.passage.start > 40]
    assert listed
    assert listed[0].score < 0.5
    assert found[0].score >= 0.5


def test_who_is_named_within_a_sentence_makes_no_source_of_it() -> None:
    text = "Yesterday, Obama “pivoted” to Asia, and we should follow him there because it matters."
    assert analyse(reading(text)).claims[0].score >= 0.5


def test_a_word_about_the_argument_is_no_claim() -> None:
    text = "Zoos should be closed because animals suffer in them. The question is fair."
    last = next(c for c in analyse(reading(text)).claims if c.passage.text.startswith("The q"))
    assert last.score < 0.5


@pytest.mark.parametrize(
    "told",
    [
        "However, this is not the case.",
        "(Zoos in the north are no better for animals and should be closed.)",
        "One of the claims is that zoos should teach children.",
        "One of the main concerns people have about zoos is that they must cost too much.",
        "This view is in response to the idea that zoos should teach.",
        "I've made this point about zoos before.",
        "Here's my point about zoos and animals.",
        "In their minds, zoos should teach us about animals.",
        "Zoos must close their gates to the public, points out Low.",
        "It would be one thing if zoos taught people about animals.",
        "One way to understand zoos is under four headings: cages, cost, care and crowds.",
        "Many people have begun to ask about zoos and animals.",
        "But this is far from the truth.",
        "OK, you say, but zoos should teach people about animals.",
        "Personally, I've seen some very good zoos.",
        "You know the argument -- zoos must teach children about animals.",
        "Liberal and conservative thinkers alike have argued that zoos should be closed.",
    ],
)
def test_what_is_said_about_the_text_or_by_others_does_not_lead(told: str) -> None:
    found = analyse(reading(f"Zoos should be closed because animals suffer in them. {told}")).claims
    assert found[0].passage.start == 0
    assert all(claim.score < 0.5 for claim in found[1:])


def test_a_noun_or_an_object_tells_of_no_speaker() -> None:
    held = "Zoos should be closed for moral reasons, and parks should maintain their woods."
    doc = outline(reading(held))
    assert not doc.sentences[0].whole.has("report")


def test_a_remark_in_brackets_before_a_claim_leaves_it_standing() -> None:
    text = "Parks are green. (There are many.) (I think so too) Hence, zoos should be closed."
    found = analyse(reading(text)).claims
    assert "zoos should be closed" in found[0].passage.text
    assert next(claim.score for claim in found if "many" in claim.passage.text) < 0.1


def test_own_agreement_is_no_concession() -> None:
    text = "I totally agree that zoos should be closed. However, the city keeps them."
    assert analyse(reading(text)).claims[0].voice is Voice.AUTHOR


def test_a_question_for_a_reason_holds_less_than_one_that_denies() -> None:
    asked = "If zoos are so bad, then why do we have them?"
    denied = "If zoos are so bad, then why should we not close them?"
    filler = "\n\n".join(
        f"In {year}, the city counted its parks again." for year in range(2001, 2012)
    )
    score = {
        c.passage.text: c.score for c in analyse(reading(f"{filler}\n\n{asked} {denied}")).claims
    }
    assert score[denied] > score[asked]


def test_a_joined_abbreviation_ends_no_sentence() -> None:
    text = "A wall on the Mexico-U.S. border is a waste. Parks are green."
    assert len(outline(reading(text)).sentences) == 2


def test_what_is_supposed_is_not_told_as_past() -> None:
    supposed = "If zoos were closed, many animals would be released."
    told = "When zoos were closed, many animals were released."
    text = f"Parks are green. Trees are tall. {told} {supposed} Towns are loud."
    score = {claim.passage.text: claim.score for claim in analyse(reading(text)).claims}
    assert score[supposed] > score[told]


def test_an_example_makes_no_motion() -> None:
    text = "Languages must be learnt early. For example, speakers of French must learn English."
    made = {claim.motion for claim in analyse(reading(text)).claims}
    assert made == {"Languages must be learnt early.", None}


def test_a_told_view_is_never_asserted_as_a_claim() -> None:
    told = [claim for claim in analyse(reading(ESSAY)).claims if claim.voice is not Voice.AUTHOR]
    assert told
    assert all(claim.score < 0.5 and claim.motion is None for claim in told)


def test_a_claim_leaves_out_what_it_concedes() -> None:
    text = (
        "Although trees are expensive, cities should plant more of them because they cool streets."
    )
    best = analyse(reading(text)).claims[0]
    assert best.passage.text.startswith("cities should plant")


def test_a_byline_and_a_heading_are_no_claims() -> None:
    text = (
        "Trees Must Be Planted\n\nBy Ada Stone\n\nCities should plant trees. They cool it.\n\n"
        "We must begin now with the avenues.\n\nAda Stone is a professor at Columbia University."
    )
    found = " ".join(claim.passage.text for claim in analyse(reading(text)).claims)
    assert "Ada Stone" not in found
    assert "Must Be Planted" not in found


def test_a_restatement_does_not_stand_beside_what_it_restates() -> None:
    text = (
        "Cities should plant more trees in every street.\n\nTaxes must fall for small shops.\n\n"
        "Cities should plant more trees in every street now."
    )
    first, second = analyse(reading(text)).claims[:2]
    assert ("trees" in first.passage.text) != ("trees" in second.passage.text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Dogs should pay taxes. It is only fair.", Genre.NOTE),
        (ESSAY, Genre.ESSAY),
        (
            "I don't think I'm wrong.\n\nI've seen that it doesn't work. I can't say why.",
            Genre.POST,
        ),
        (
            "\n\n".join(["The war must end soon, as everyone in the city knows by now."] * 12),
            Genre.OPED,
        ),
    ],
)
def test_the_genre_is_told_by_shape_and_person(text: str, kind: Genre) -> None:
    assert genre(outline(reading(text))) is kind


def test_the_same_text_gives_the_same_analysis() -> None:
    assert analyse(reading(ESSAY)) == analyse(reading(ESSAY))


def test_the_seeds_lead_with_their_own_thesis() -> None:
    folder = Path(__file__).parents[2] / "seeds"
    for name, words in [
        ("phones-in-school/six-hours-of-company.md", "Schools should ban smartphones"),
        ("voting-at-sixteen/the-age-of-full-account.md", "The voting age should"),
    ]:
        text = (folder / name).read_text(encoding="utf-8").split("---\n", 2)[2]
        assert analyse(reading(text)).claims[0].passage.text.startswith(words)


ESSAYS = (
    """More and more people live in cities, and roads are crowded. Some people say that everyone \
should be free to drive. I strongly agree that private cars should be kept out of city centres.

To begin with, cars make the air worse. In 2018 our town counted forty days of bad air.

Although some shopkeepers fear for their trade, streets without cars bring in more customers.

In conclusion, I believe that city centres should belong to people on foot.""",
    """Nowadays, many students take a job beside their studies. Whether this helps them is often \
discussed. In my opinion, students should not work during the term.

First of all, time is limited. A student who serves tables until midnight cannot follow a lecture.

It is often argued that a job teaches responsibility. However, such an argument overlooks that \
studying teaches it as well.

To conclude, students should give their time to their studies.""",
    """Museums are visited by millions of people each year. There is a debate about who pays. \
I believe that museums should be free for everyone.

Firstly, art belongs to all of us. For example, my class went to a gallery in 2019.

Admittedly, free entry costs the state money. But an educated public is worth the price.

All in all, museums should be open to all without a fee.""",
)
POSTS = (
    """CMV: Tipping should be abolished

I've worked in restaurants for six years, so I'm not coming at this from nowhere.

> But waiters earn more with tips than without.

Some people say that service would get worse. But I've eaten in Japan and the service is great.""",
    """CMV: Schools should not set homework

I'm a parent of two and I've watched this for years. I don't see what it's good for.

Teachers say that practice makes perfect. However, it doesn't work when a child is asleep on it.""",
    """I was at the dentist's today and I couldn't stop thinking about this. I think adverts in \
waiting rooms should be banned.

I'm stuck there and I can't leave. I've counted nine screens.

Sure, somebody has to pay for the magazines. But patients aren't there to be sold things.""",
)
OPEDS = (
    "Councils should open libraries on Sundays, when families are free.",
    "Rail fares must be cut before another road is widened.",
    "Hospitals should publish the hours their doctors work.",
)


@pytest.mark.parametrize("text", ESSAYS)
def test_an_essay_leads_with_its_thesis(text: str) -> None:
    found = analyse(reading(text))
    intro, _, outro = text.partition("\n\n")[0], "", text.rpartition("\n\n")[2]
    thesis = {intro.split(". ")[-1], outro}
    assert {claim.passage.text for claim in found.claims[:2]} == thesis
    (point,) = [p for p in found.counterpoints if p.score >= 0.5]
    assert point.answer is not None
    assert point.passage.end <= point.answer.start


@pytest.mark.parametrize("text", POSTS)
def test_a_post_leads_with_the_view_it_offers(text: str) -> None:
    assert genre(outline(reading(text))) is Genre.POST
    found = analyse(reading(text))
    assert "should" in found.claims[0].passage.text
    assert found.claims[0].motion is not None
    assert not found.claims[0].motion.startswith(("CMV", "I "))
    assert any(p.score >= 0.5 for p in found.counterpoints)
    assert all(c.score < 0.5 for c in found.claims if c.passage.text.startswith(">"))


def oped(thesis: str) -> str:
    story = [
        "Last week the council of a small town met until midnight. Three members stayed away.",
        "In April 2022 the minister also announced that she would meet the unions when they asked.",
        "Since February 2022 it has become usual to say that nothing can be done.",
        "The evidence on costs deserves a cooler reading. It was printed in two columns.",
        "Critics say that there is no money. But such a verdict forgets where the money went.",
        "A second school has given up on repair and must be content with less.",
        "The building was opened in 1998. The mayor cut a ribbon and a band played.",
        "The roof leaks. Would it not be cheaper to mend it? Who was the mayor then? Nobody knew.",
    ]
    return "\n\n".join([*story, f"The clock on the square has stopped. {thesis}"])


@pytest.mark.parametrize("thesis", OPEDS)
def test_an_op_ed_leads_with_its_thesis_and_not_with_its_story(thesis: str) -> None:
    found = analyse(reading(oped(thesis)))
    assert found.claims[0].passage.text == thesis
    asserted = [claim.passage.text for claim in found.claims if claim.score >= 0.5]
    scores = {claim.passage.text: claim.score for claim in found.claims}
    assert scores["Would it not be cheaper to mend it?"] > 2 * scores["Who was the mayor then?"]
    story = ("Last", "In April", "Since", "The evidence", "A second", "The building", "Critics")
    assert not [text for text in asserted if text.startswith(story)]
    (point,) = [p for p in found.counterpoints if p.score >= 0.5]
    assert point.passage.text == "Critics say that there is no money."


def test_what_is_granted_in_passing_is_no_claim() -> None:
    text = "The North has indeed cheated, and it should pay. But limits can be chosen with care."
    found = analyse(reading(f"{text}\n\nA treaty is a promise. It needs to be kept."))
    assert {c.voice for c in found.claims if "cheated" in c.passage.text} == {Voice.CONCEDED}


@pytest.mark.parametrize(
    ("text", "core"),
    [
        (
            "Since, however, chess and bridge are no sports, computer games should be none either.",
            "computer games should be none either.",
        ),
        (
            "And since it is a duty to pay for trees, everyone should chip in.",
            "everyone should chip in.",
        ),
        ("Since the war the town should have planted trees.", None),
        ("Because of the heat, the town should plant trees.", None),
        ("Because trees are slow, and because streets are hot, the town should plant them.", None),
    ],
)
def test_a_claim_leaves_out_the_reason_at_its_head(text: str, core: str | None) -> None:
    assert analyse(reading(text)).claims[0].passage.text == (core or text)


def _score(sentence: str, before: str = "The council met the town.") -> float:
    """The score of a sentence in the midst of a text of several paragraphs."""
    text = f"{before}\n\n{sentence}\n\nThe hall was full.\n\nIt was a long evening in May."
    claims = analyse(reading(text)).claims
    return next(c.score for c in claims if c.passage.text[:20] in sentence)


@pytest.mark.parametrize(
    ("held", "told"),
    [  # an age is no statistic; a short verdict is no scrap; a wish is no view
        ("People of 16 and 17 years of age are fit to vote.", "People of 16 towns in 17 are here."),
        ("Zoos must be closed.", "Zoos are closed here."),
        ("The time has come for us to close zoos.", "The train came for us at the zoo."),
        ("Studies show that guns make nobody safer.", "According to the poll guns make noise."),
        ("Smoking is entirely its own reward.", "Smoking is a part of the book."),
        ("Tipping is demeaning to everybody here.", "I want no tipping for everybody here."),
        ("A tax would hurt the poor of the town.", "The author would hurt the poor of it."),
        ("Abolish the zoo of the town.", "A ban on the zoo of the town is here."),
        ("Zoos should be closed at once.", "The town debates whether zoos should be closed."),
        ("Of course a tax hurts the poor badly.", "Critics say a tax hurts the poor badly."),
    ],
)
def test_what_is_held_stands_before_what_is_told(held: str, told: str) -> None:
    assert _score(held) > 0.1 + _score(told)


def test_an_age_weighs_nothing_on_a_claim() -> None:
    plain = _score("Young people are as fit to vote as their parents.")
    aged = _score("Young 16-year-olds are as fit to vote as their parents.")
    assert abs(plain - aged) < 0.05
    assert _score("Some 1,600 people are as fit to vote as their parents.") < aged


def rank(text: str) -> list[str]:
    return [claim.passage.text for claim in analyse(reading(text)).claims]


SERIES = """Towns are growing in many countries. I believe that towns should be small.

{} small towns are safe. Neighbours know one another there. A stranger is seen at once, and a \
child is missed at once.

{} small towns are green. The woods begin behind the last house. Parks are ten minutes away, and \
the air is clean in every month of the year.

To conclude, small towns are good towns."""


def test_the_points_of_a_series_rank_higher_than_the_same_sentences_without_one() -> None:
    def places(*heads: str) -> list[int]:
        order = rank(SERIES.format(*heads))
        return [next(k for k, s in enumerate(order) if w in s) for w in ("are safe", "are green")]

    listed, bare = places("First of all,", "Another reason is that"), places("Here", "Here")
    assert max(listed) <= 3 < max(bare)


def test_one_signpost_makes_no_series() -> None:
    doc = outline(reading(SERIES.format("First of all,", "Here")))
    assert not series(doc)
    assert len(series(outline(reading(SERIES.format("Firstly,", "Secondly,"))))) == 2


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "The question arises whether small towns should be paid for."),
        ("de", "Daher stellt sich auch bei uns die Frage, ob man kleine Städte erhalten sollte."),
        ("fr", "La question se pose de savoir s'il faut payer les petites villes."),
        ("es", "Surge la pregunta de si se debe pagar a los pueblos."),
        ("it", "Ci si chiede se si deve pagare per i piccoli paesi."),
    ],
)
def test_a_question_put_in_a_roundabout_way_holds_nothing(language: str, asked: str) -> None:
    doc = outline(replace(reading(asked), language=language))
    found = signs(doc, 0, voices(doc)[0])
    assert found["question"]
    assert "first-held" not in found


def test_of_a_long_text_only_the_surest_claims_are_put_as_motions() -> None:
    topics = [f"{a}{b}" for a in "abcdefghijklmnopqrst" for b in "klmnopqrstuvwxyz"]
    text = "\n\n".join(f"We should keep all {topic} gardens open on Sundays." for topic in topics)
    found = analyse(reading(text)).claims
    worded = [claim.motion is not None for claim in found]
    assert sum(worded) == max(WORDED, PART * len(found)) < len(found)
    assert not any(worded[sum(worded) :])
