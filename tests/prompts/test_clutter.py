"""Of a web page the article is read, however the page is built; nothing of what stands around."""

from pathlib import Path

import pytest
from makers import shelved

from prompts.model import Kind, Reading

WORDS = (
    "School uniforms should be abolished because they cost families money that could buy books, "
    "and no study has shown that they improve behaviour.",
    "Supporters say that a uniform hides differences in wealth. But children read shoes, phones "
    "and haircuts as fluently as any label on a shirt.",
    "A school that wants pupils to take responsibility must let them decide what to wear in the "
    "morning, and live with the result until three o'clock.",
)
ARTICLE = (
    f'<h1>Abolish the uniform</h1><p class="byline">By Lois Lane, 3 March 2024</p><p>{WORDS[0]}</p>'
    f"<figure><img src=x><figcaption>Pupils in Leeds. Photograph: AP</figcaption></figure>"
    f"<p>{WORDS[1]}</p><h2>Freedom</h2><p>{WORDS[2]}</p>"
)
ABOVE = """
<div id="onetrust-consent-sdk"><p>We use cookies and similar technologies to improve your
experience. By clicking accept you agree to our use of them.</p><button>Accept all</button></div>
<header><div class="site-logo">The Daily Planet</div><nav><ul><li><a href="/">Home</a></li>
<li><a href="/o">Opinion</a></li></ul></nav></header>
<div role="dialog"><p>Sign up today and save half on an annual subscription.</p></div>
"""
BELOW = """
<div class="share-buttons"><span>Share this article</span><a href="#">Facebook</a></div>
<section class="related-articles"><h3>Related articles</h3><ul>
<li><a href="/x">Why teachers should be paid more than bankers are</a></li></ul></section>
<div class="jp-relatedposts"><p>Another long post about schools and winter.</p></div>
<div id="comments"><h3>Comments (2)</h3><div class="comment"><p>bob77: I totally disagree, because
my school had uniforms and everyone was much happier than before.</p></div></div>
<aside><p>Subscribe to our newsletter for the best opinion writing each week.</p></aside>
<footer><p>© 2024 Daily Planet Media. All rights reserved. Terms of use.</p></footer>
"""
PAGES = {
    "an article in main": f"{ABOVE}<main><article>{ARTICLE}</article></main>{BELOW}",
    "clutter within the article": f"<article>{ABOVE}{ARTICLE}{BELOW}</article>",
    "nothing but div": f'<div class="c">{ABOVE}<div class="row">{ARTICLE}</div>{BELOW}</div>',
    "names that say nothing": '<div class="c1"><a href="/">Home</a> <a href="/o">Opinion</a></div>'
    f'<div class="css-2">{ARTICLE}</div><div class="css-3"><p>We use cookies. <a href="/c">More</a>'
    '</p></div><div class="css-4">Share</div><div>© 2024 Daily Planet</div>',
    "a layout of tables": f'<table><tr><td><a href="/">Home</a><br><a href="/b">About us</a></td>'
    f"<td>{ARTICLE}</td></tr></table>",
    "more comments than article": f"<article>{ARTICLE}</article><section class='comments-area'>"
    + f"<ol class='comment-list'>{f'<li class=comment><p>{WORDS[2]} {WORDS[1]}</p></li>' * 10}</ol>"
    "</section>",
    "a blog whose tags are named as clutter is": '<body class="has-sidebar"><main>'
    f'<article class="post tag-social category-comments"><div class="entry-content">{ARTICLE}</div>'
    f"</article>{BELOW}</main></body>",
}


def read(path: Path, body: str) -> Reading:
    path.write_text(
        f"<!doctype html><html><title>Abolish the uniform | Planet</title>{body}</html>"
    )
    return shelved(path.parent).readings[0]


@pytest.mark.parametrize("name", PAGES)
def test_the_article_is_read_and_nothing_around_it(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path / "page.html", PAGES[name])
    blocks = [(b.kind, reading.text[b.start : b.end]) for b in reading.blocks]
    assert [words for kind, words in blocks if kind is Kind.PARAGRAPH] == list(WORDS)
    assert [words for kind, words in blocks if kind is Kind.HEADING] == [
        "Abolish the uniform",
        "Freedom",
    ]
    assert (reading.title, reading.author) == ("Abolish the uniform", "Lois Lane")


@pytest.mark.parametrize(
    "line", ["By the way", "By The Numbers: 40 per cent", "By Lois Lane and me"]
)
def test_a_line_that_names_nobody_for_certain_names_nobody(tmp_path: Path, line: str) -> None:
    body = ARTICLE.replace("By Lois Lane, 3 March 2024", line)
    assert read(tmp_path / "page.html", body).author is None


ASKED = (
    "Support our journalism. Every gift, however small, keeps our reporters in the courts.",
    "If you liked this article, please consider a donation; we have no owner and no shareholders.",
    "Thank you for reading. Sign up for our newsletter to get one essay each week.",
    "Lois Lane is a senior fellow at the Planet Institute and the author of two books on schools.",
)


@pytest.mark.parametrize("lines", [ASKED, ASKED[::-1], (ASKED[3], ASKED[0]), (ASKED[3], ASKED[3])])
def test_who_wrote_a_page_and_what_it_asks_for_is_no_part_of_its_argument(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    below = "".join(f"<p>{line}</p>" for line in lines)
    reading = read(tmp_path / "page.html", f"<article>{ARTICLE}{below}</article>")
    argued = [b for b in reading.blocks if b.kind is Kind.PARAGRAPH]
    assert [reading.text[b.start : b.end] for b in argued] == list(WORDS)


@pytest.mark.parametrize(
    "line",
    [
        "Support us in this by all means; but a law that rests on goodwill rests on nothing.",
        "Thank you for nothing, said the town, and voted the mayor out in the spring.",
        "If you like dogs you should still want them kept off the beaches in summer.",
        "Your donation pays for a brochure, and hardly ever for a well.",
    ],
)
def test_an_argument_about_giving_and_reading_stays_one(tmp_path: Path, line: str) -> None:
    reading = read(tmp_path / "page.html", f"<article>{ARTICLE}<p>{line}</p></article>")
    argued = [b for b in reading.blocks if b.kind is Kind.PARAGRAPH]
    assert [reading.text[b.start : b.end] for b in argued] == [*WORDS, line]
