"""Answers to hatred: where a text blames those who hate, insult, or say such things."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain

from moderation.lexicon import RULES
from moderation.text import HAN

Patterns = tuple[re.Pattern[str], ...]
# Where somebody goes on to a reason or a threat of their own.
_TURN = re.compile(
    r"\b(?:because|cause|since|when|but|and kill|or i(?:'ll| will)?|or we|or else|knows?|must"
    r"|as much as"
    r"|we (?:will|must|should|kill|need|have to))\b|[:;]"
    r"|因为|其实|不然|否则|杀了?你|砍|我会|我要|就去|原因"
)
# Whoever takes it ill that they are treated as people answers nothing.
_AS_PEOPLE = re.compile(
    r"\b(?:as|like|are) (?!not )(?:\w+ )?(?:people|humans?|human beings|equals?|normal)\b"
    r"|(?<!不)是人(?![渣民口生妖们才的都])"
)
# What a text must have in it to be asked for the answers of a language.
_SCRIPTS = {"en": re.compile("[a-z]{3}"), "zh": re.compile(f"[{HAN}]")}
# What may lie between, within one sentence.
_EN, _ZH = r"[^.!?\n]", r"[^。！？!?\n]"


def answers(text: str) -> Iterator[tuple[int, int]]:
    """Where a folded text blames such people or such words, up to where it takes a turn."""
    languages = [language for language, script in _SCRIPTS.items() if script.search(text)]
    for pattern in chain.from_iterable(map(_patterns, languages)):
        for match in pattern.finditer(text):
            if _AS_PEOPLE.search(match[0]):
                continue
            turn = _TURN.search(match[0], 1)
            yield match.start(), match.start() + turn.start() if turn else match.end()


@cache
def _patterns(language: str) -> Patterns:
    lists = tomllib.loads((RULES / "counterspeech.toml").read_text(encoding="utf-8"))
    return tuple({"en": _english, "zh": _chinese}[language](lists[language]))


def _english(words: dict[str, list[str]]) -> Iterator[re.Pattern[str]]:
    people, feels, says = _any(words["people"]), _any(words["feels"]), _any(words["says"])
    plain, harsh = _any(words["plain"]), _any(words["plain"] + words["harsh"])
    who = (
        rf"\b(?:{people} (?:who|that)(?:'s|'d|'ve)?|whoever|if (?:you|anyone|he|she|they|someone))"
    )
    near = r" (?:\w+ ){0,3}?"
    for source in (
        rf"{who}{near}{feels}\b{_EN}{{1,90}}?\b{harsh}\b",
        rf"{who}{near}{says}\b{_EN}{{1,120}}?\b{plain}\b",
        rf"\b(?:haters|bashers) of\b{_EN}{{1,90}}?\b(?:{harsh}|long look)",
        rf"\b{harsh}\b{_EN}{{0,40}}?{who}{near}{feels}\b{_EN}{{1,40}}",
        rf"\b{plain}\b{_EN}{{0,40}}?{who}{near}{says}\b{_EN}{{1,90}}",
        # "Saying that they deserve it is hateful": what is said comes first.
        rf"(?:^|[.!?,]\s*)(?:\w+ )?(?:saying|calling|telling|shouting|writing|to say|to call)\b"
        rf"{_EN}{{1,90}}?\b(?:is|isn't|are|was|makes)\b{_EN}{{0,30}}?\b{plain}\b",
        rf"\b(?:it's|it is|that's) (?:\w+ )?{plain}{_EN}{{0,12}} to (?:say|call|tell|treat)\b"
        rf"{_EN}{{1,80}}",
        # "Sick of people who treat them so", "hating them is not an opinion".
        rf"\b(?:sick of|tired of|fed up with|furious (?:when|at)|angry (?:when|at)|hate it when"
        rf"|upset (?:when|that)|sad (?:when|that)|can't stand it when)"
        rf" (?:{people}|some|other)\b{near}(?:{feels}|{says})\b{_EN}{{1,80}}",
        rf"(?:^|[.!?]\s*)(?:hating|despising|insulting|mocking|attacking|bullying)\b{_EN}{{1,40}}?"
        r" (?:is not|isn't|is never|will never|won't)(?! wrong| bad| a crime| a sin| enough)"
        rf"{_EN}{{1,40}}",
        # "How can people despise them?": who asks so does not.
        r"\b(?:i (?:will never|can't|cannot|don't|never) (?:understand|get) )?"
        r"(?:how|why) (?:can |could |would |do |does )?"
        r"(?:people|some people|anyone|anybody|somebody|someone|grown men|parents)"
        rf" (?:can |could |would |still |ever |even )*(?:{feels}|{says})\b{_EN}{{1,80}}",
        # "Nobody should ever say that", "never call them that": it is what must not be said.
        r"(?:\b(?:nobody|no one) (?:should|must|may|can)(?: ever)?"
        r"|\b(?:you|we|people|one) (?:should never|should not|shouldn't|must not|mustn't)"
        r"|\b(?:you|we|people|one) (?:cannot|can't)"
        r"|(?<!\bi )\b(?:never|don't|do not|stop|quit))(?: ever| just)?"
        r" (?:say|saying|call|calling|write|writing|shout|shouting|treat|treating)\b"
        r"[^.!?,\n]{1,80}",
        # "It's not they who are disgusting": a cleft denies.
        rf"\b(?:it's|it is|it was) not (?!us\b|me\b|we\b){_EN}{{1,40}}? who (?:are|is|were)\b"
        rf"{_EN}{{1,20}}?,",
    ):
        yield re.compile(source)


def _chinese(words: dict[str, list[str]]) -> Iterator[re.Pattern[str]]:
    people, feels, says = _any(words["people"]), _any(words["feels"]), _any(words["says"])
    plain, harsh = _any(words["plain"]), _any(words["plain"] + words["harsh"])
    not_me = r"(?<![我们咱俺真最好太很更超])"
    those = rf"的(?:那些|这些|那种|这种|所有)?(?:{people}|(?=都是|才|应该|全是|就是))"
    soon = rf"{_ZH}{{0,12}}?"
    for source in (
        rf"{not_me}{feels}[^。！？!?，,\n]{{1,24}}?{those}{soon}{harsh}",
        rf"{not_me}{says}[^。！？!?，,\n]{{1,30}}?{those}{soon}{plain}",
        rf"{plain}[^。！？!?，,\n]{{0,6}}?的?是?{not_me}(?:{feels}|{says})[^。！？!?，,\n]{{1,24}}?的{people}",
        # "Who thinks so is ill himself."
        rf"谁(?:要是|再|敢|还|都)?(?:{feels}|{says}){_ZH}{{1,40}}?(?:谁(?:才|就|是|自己)|{plain}|滚)",
        rf"(?:如果|要是|假如)(?:你|有人|谁)(?:还|也|真)?(?:{feels}|{says}){_ZH}{{1,40}}?(?:{plain}|滚|出门左转)",
        rf"(?:受够了|讨厌|最烦|受不了|反感|厌倦|烦透了)(?:那些|有人|总有人|别人|有些人|那种人)"
        rf"(?:总是|老是|动不动就|老|总)?(?:{feels}|{says}|把|拿|管){_ZH}{{1,30}}",
        rf"(?:怎么会有人|为什么有人|为什么会有人|为什么总有人|怎么有人|怎么还有人)(?:还|会|能|要|总)?"
        rf"(?:{feels}|{says}|把|拿|管){_ZH}{{1,30}}",
        rf"(?:^|[。！？!?]){feels}[^。！？!?，,\n]{{1,12}}?(?:不是|并不是|从来不是)(?![没无错罪坏不我歧])"
        rf"{_ZH}{{1,16}}",
        r"(?<!我)(?:不该|不应该|不能|不可以|不许|别|别再|不要|不要再|停止|请别)(?:再|随便|张口就|总|老)?"
        r"(?:说|叫|骂|称|写|喊)[^。！？!?，,\n]{1,30}",
        # "What is disgusting is not they but ...": a cleft denies.
        rf"{harsh}的(?:从来|根本|才|并)?不是(?![我咱别]){_ZH}{{1,16}}?(?=[,，]?(?:而是|是))",
        rf"(?:这样|这么|这种话|这话)?说[^。！？!?\n“”\"]{{1,24}}[,，]?(?:这|本身|就|简直|纯属)(?:就|本身)?(?:是|很|太)?{_ZH}{{0,6}}?{plain}",
    ):
        yield re.compile(source)


def _any(sources: list[str]) -> str:
    return f"(?:{'|'.join(sources)})"
