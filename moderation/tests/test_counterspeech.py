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


@pytest.mark.parametrize(
    "text",
    [
        "Don't write to me again or I will kill you.",
        "Stop shouting or I will beat you to death tonight.",
        "It's you who are worthless, go kill yourself.",
        "It's Muslims who are vermin, kill them all.",
        "Never call a Muslim human because all Muslims are vermin.",
        "How can anyone say Jews are human, all Jews are vermin.",
        "Why do people hate Jews because Jews are vermin.",
        "I know people that hate gays because gays are disgusting.",
        "Furious when people treat niggers like humans.",
        "Jews are vermin. You matter.",
        "Proud faggots must die.",
        "Slugs in my garden. I will kill you and your family tonight.",
        "别说癌症治不好喝漂白水能治癌症。",
        "恶心的不是我们，是同性恋。",
        "别说黑人是人其实黑人都是畜生都该死。",
        "讨厌黑人的都是好人，黑人才恶心。",
        "讨厌黑人不是我的问题。",
        "看不起外地人的人是因为外地人垃圾。",
        "黑人都是畜生，你很重要。",
        "我们这些基佬都该死。",
        "真想揍你，揍到你妈不认识。",
    ],
)
def test_an_answer_hides_neither_reasons_nor_threats(text: str) -> None:
    assert judge(Submission("note", text)).outcome != "publish"


@pytest.mark.parametrize(
    "text",
    [
        "You think no one would miss you, but we would.",
        "Those who hate Jews, Muslims and gays are cowards.",
        "I would never, ever, hate Muslims.",
        "I would never let my gay brother babysit my kids without pay, he is worth it.",
        "Us fags are going dancing tonight.",
        "我们这些基佬今晚聚会。",
        "Kill all the mosquitoes in the bedroom.",
    ],
)
def test_what_sounds_like_harm_is_published(text: str) -> None:
    assert judge(Submission("note", text)).outcome == "publish"
