"""Who blames hatred is not hateful, in whatever order of words; who only borrows the words is."""

import time

import pytest

from moderation.counterspeech import answers
from moderation.policy import Submission, judge
from moderation.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Those who despise immigrants ought to be ashamed of themselves.",
        "I unfollow everybody who says that gay people are vermin.",
        "If you think Muslims are animals, have a look in the mirror.",
        "Nobody should ever say that women are trash.",
        "Hating Jews is not an opinion.",
        "It's not refugees who are disgusting, it's the people who insult them.",
        "看不起外地人的人才该反省。",
        "谁觉得同性恋是畜生，谁自己去照照镜子。",
        "把穆斯林叫做害虫的人应该羞耻。",
        "恶心的不是残疾人，是嘲笑他们的人。",
        "怎么会有人歧视聋人？",
        "谁也不该说女人是垃圾。",
    ],
)
def test_blame_of_hatred_is_published(text: str) -> None:
    assert judge(Submission("note", text)).outcome == "publish"


@pytest.mark.parametrize(
    "text",
    [
        "I despise immigrants and so should you.",
        "I'm one of those people who think gays are disgusting.",
        "Don't want Muslims here, they are vermin.",
        "No, women are vermin.",
        "我讨厌同性恋的恶心样子。",
        "别骂了，女人就是垃圾。",
        "不，黑人就是畜生。",
        "不是我歧视，外地人都是畜生。",
    ],
)
def test_borrowed_words_excuse_nothing(text: str) -> None:
    assert judge(Submission("note", text)).outcome != "publish"


@pytest.mark.parametrize("text", ["I love tea.", "我喜欢茶。", "说的人很多。", "讨厌下雨。"])
def test_other_words_answer_nothing(text: str) -> None:
    assert list(answers(read(Submission("note", text)).folded.text)) == []


@pytest.mark.parametrize("text", ["people who say " * 800, "说的人" * 4_000, "讨厌" * 6_000])
def test_endless_blame_is_read_quickly(text: str) -> None:
    before = time.process_time()
    list(answers(text))
    assert time.process_time() - before < 0.5
