"""Segmentation is jieba's, token by token, without jieba's start-up, cache or side effects."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collectlint.errors import CollectlintError
from collectlint.text import segment, segment_added, segment_dict, segment_fast
from collectlint.text.segment import Segmenter

USER_WORDS = [
    *(
        "爆通讯录",
        "催收",
        "上征信",
        "花呗",
        "借呗",
        "第三方催收",
        "P2P平台",
        "a-b",
        "协商还款",
        "委外",
        "罚息",
    ),
    *("不", "呆账核销", "5%利息", "逾期", "催收", "强制执行", "〇三", "微粒贷", "㗎喇", "𡃉", "爆tong讯录"),
    *("崔", "催收函告知书", "起素", "ABC", "爆 通讯录", "换\r\n行", "", "\ud800", "花呗 ", "一"),
    *("鿖款", "還\uf900", "㐀了", "一𠀀"),
    "长" * 300,  # jieba never finds these: they cross what it looks up
]

HAND_MADE = [
    "",
    " ",
    "\r\n",
    "\n\r\n\r",
    "a\r\nb",
    "您好张先生我是某某银行信用卡中心的您的账单已经严重逾期如果今天不还款我们将爆通讯录并上门催收",
    "李崔氏张晓翠于浩然欧阳建国他来到了网易杭研大厦",
    "款款款款的不不不",
    "的",
    "一",
    "爆",
    "欠款12,345.67元于2024-06-01到期,利率3.14%/日,电话138-0013-8000,详见example.com或a_b+c#d&e@f.cn",
    "1.2.3 v1.2 5%3 50% 100%的 .5 5. a.b 1.a a.1b G260911+0711 C++ C# AT&T B超 3.14%%",
    "ＡＢＣ１２３，。！？「」『』《》…—～",
    "請儘快處理您的欠款否則將強制執行並通知您的家人",
    "你再唔還錢我就上你屋企搵你老母㗎喇𡃉",
    "👨‍👩‍👧‍👦还钱🙂不还🇨🇳坐牢😀",
    "爆\u200b通\u200b讯\u200b录 上\u3000门",
    "龘靐齉爩龖䶮鿰鿕鿖鿿豈更車𠀀𪜶",
    "还鿖款我還\uf900㐀了一𠀀",
    "不" + "长" * 700 + "坐牢",
    "\ud800坐牢\udfff",
    "\x00不还\x1c就\x85坐牢\u2028起诉",
    "abc" * 50 + "的" * 60 + "1" * 70,
    "崔收崔收催收函告知书爆tong讯录起素ABCabc",
]


def reference_tokenizer() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@pytest.fixture(scope="module")
def plain() -> Any:
    return reference_tokenizer()


@pytest.fixture(scope="module")
def with_words(plain: Any) -> Any:
    tokenizer = type(plain)()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(plain.FREQ), plain.total, True
    for word in USER_WORDS:
        if word:
            tokenizer.add_word(word)
    return tokenizer


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("segment")
    folder.chmod(0o700)
    return folder


@pytest.fixture(scope="module")
def corpus() -> list[str]:
    return HAND_MADE + list(made_up(5200))


def made_up(count: int) -> Iterator[str]:
    """Strings glued from dictionary words, user words and everything that is no word."""
    choose = random.Random(20261122)
    listed = segment_dict.find_source().dictionary.decode().split("\n")
    words = [line.split(" ")[0] for line in listed if line]
    common = [line.split(" ")[0] for line in listed if line and int(line.split(" ")[1]) > 300]
    rare = [chr(choose.randrange(0x4E00, 0x9FD6)) for _ in range(3000)]
    user = [word for word in USER_WORDS if word and word.isprintable()]
    noise = [*"，。！？、；：“”（）《》…—·~@*/\\|=<>[]{}^$ \t\n　\u200b\ufeff+-#&_.%", "\r\n", "......"]
    latin = ["a", "App", "wechat", "QQ", "vx", "P2P", "www.a.com", "x.y", "ok", "B超", "T恤", "e-mail", "a_b"]
    digits = ["1", "2024", "3.14", "5%", "3.5%", "1,000", "13800138000", "1.2.3", "%5", "08:30", "2026-11-22"]
    odd = list("😀👨‍👩‍👧🇨🇳𠀀𡃉㗎㐀豈鿖鿿〇々〆ㄅあア한αд①Ⅳ㎡")
    kinds = [
        (words, 12),
        (common, 30),
        (rare, 6),
        (user, 6),
        (noise, 8),
        (latin, 4),
        (digits, 5),
        (odd, 3),
    ]
    pools = [pool for pool, _ in kinds]
    for number in range(count):
        weights = [weight for _, weight in kinds]
        if number % 4 == 0:  # speech without punctuation
            weights = [3, 30, 2, 4, 0, 0, 1, 0]
        elif number % 4 == 1:  # runs that only the hidden Markov model can cut
            weights = [2, 2, 30, 1, 0, 0, 0, 0]
        pieces = choose.choices(pools, weights, k=choose.randint(1, 14))
        yield "".join(choose.choice(pool) for pool in pieces)


def spans(tokenizer: Any, text: str) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in tokenizer.tokenize(text)]


def differing(tokenizer: Any, segmenter: Segmenter, texts: list[str]) -> list[Any]:
    pairs = ((text, spans(tokenizer, text), segmenter.words(text)) for text in texts)
    return [
        (text, [text[a:b] for a, b in wanted], [text[a:b] for a, b in got])
        for text, wanted, got in pairs
        if wanted != got
    ]


def test_same_tokens_as_jieba(plain: Any, corpus: list[str], cache_dir: Path) -> None:
    assert len(corpus) >= 5000
    assert differing(plain, Segmenter((), cache_dir, fast=False), corpus) == []


def test_same_tokens_as_jieba_with_added_words(with_words: Any, corpus: list[str], cache_dir: Path) -> None:
    assert differing(with_words, Segmenter(USER_WORDS, cache_dir, fast=False), corpus) == []
    # once more, now with the frequencies from the cache
    assert differing(with_words, Segmenter(USER_WORDS, cache_dir, fast=False), corpus[:200]) == []


def doubled_characters(tokenizer: Any) -> list[str]:
    # AA+A and A+AA weigh the same up to rounding, so ties and totals must agree to the last digit.
    found = [word for word, count in tokenizer.FREQ.items() if count and len(word) == 2 and len({*word}) == 1]
    texts = [word[0] * count for word in found for count in range(3, 12)]
    assert len(texts) > 1500
    return texts


def test_doubled_characters(plain: Any, with_words: Any, cache_dir: Path) -> None:
    texts = doubled_characters(plain)
    assert differing(plain, Segmenter((), cache_dir, fast=False), texts) == []
    assert differing(with_words, Segmenter(USER_WORDS, cache_dir, fast=False), texts) == []


def test_added_words_change_something(cache_dir: Path) -> None:
    text = "再不还就爆通讯录"
    assert (4, 8) not in Segmenter((), cache_dir).words(text)
    assert (4, 8) in Segmenter(USER_WORDS, cache_dir).words(text)


def test_added_words_get_the_frequencies_of_jieba(plain: Any, with_words: Any, cache_dir: Path) -> None:
    dictionary = segment_dict.load(segment_dict.find_source(), cache_dir)
    total, frequencies = segment_added.suggest_frequencies([word for word in USER_WORDS if word], dictionary)
    assert total == with_words.total
    assert frequencies == {word: with_words.FREQ[word] for word in USER_WORDS if word}
    assert dictionary.total == plain.total


def test_dictionary_equals_that_of_jieba(plain: Any, cache_dir: Path) -> None:
    dictionary = segment_dict.load(segment_dict.find_source(), cache_dir)
    single: dict[str, int] = {}
    longer: dict[str, dict[str, int]] = {}
    for word, frequency in plain.FREQ.items():
        if len(word) == 1:
            single[word] = frequency
        else:
            longer.setdefault(word[:2], {})[word] = frequency
    assert {character: dictionary.single(character) for character in single} == single
    assert [pair for pair, group in longer.items() if dictionary.longer(pair) != group] == []
    assert dictionary.single("\ue123") is None
    assert dictionary.longer("\ue123\ue123") == {} == dictionary.longer("的")


def test_emissions_equal_those_of_jieba(cache_dir: Path) -> None:
    reference_tokenizer()
    from jieba import finalseg

    dictionary = segment_dict.load(segment_dict.find_source(), cache_dir)
    tables = [finalseg.emit_P[state] for state in "BEMS"]
    for character in {*"\ue123㐀", *(c for table in tables for c in table)}:
        wanted = tuple(table.get(character, finalseg.MIN_FLOAT) for table in tables)
        assert dictionary.emission(character) == wanted


@pytest.fixture(scope="module")
def fast_ones(plain: Any, with_words: Any, cache_dir: Path) -> list[tuple[Any, Segmenter]]:
    pytest.importorskip("rjieba")
    pairs = [
        (plain, Segmenter((), cache_dir, fast=True)),
        (with_words, Segmenter(USER_WORDS, cache_dir, fast=True)),
    ]
    for _, segmenter in pairs:
        segmenter.words("的")
        assert segmenter._fast is not None, "rjieba is installed but not used"
    return pairs


def test_rjieba_gives_the_same_tokens(fast_ones: list[tuple[Any, Segmenter]], corpus: list[str]) -> None:
    taken = sum(not segment_fast._COUNTED_AS_CHINESE.search(text) for text in corpus)
    assert taken > len(corpus) / 2, "hardly any text goes through rjieba, the test shows nothing"
    for tokenizer, segmenter in fast_ones:
        assert differing(tokenizer, segmenter, corpus) == []


def test_rjieba_on_every_short_mixture_of_latin_digits_and_marks(
    fast_ones: list[tuple[Any, Segmenter]],
) -> None:
    texts = ["".join(letters) for size in range(1, 7) for letters in product("a1.-款", repeat=size)]
    assert len(texts) > 5000
    for tokenizer, segmenter in fast_ones:
        assert differing(tokenizer, segmenter, texts) == []


def test_rjieba_on_doubled_characters(fast_ones: list[tuple[Any, Segmenter]], plain: Any) -> None:
    for tokenizer, segmenter in fast_ones:
        assert differing(tokenizer, segmenter, doubled_characters(plain)) == []


def test_fast_is_taken_up_after_much_text(cache_dir: Path) -> None:
    pytest.importorskip("rjieba")
    segmenter = Segmenter((), cache_dir)
    first = segmenter.words("他来到了网易杭研大厦")
    assert segmenter._fast is None
    segmenter.words("好" * 99_000)
    assert segmenter._fast is None
    segmenter.words("好" * 1_000)
    assert segmenter.words("他来到了网易杭研大厦") == first
    assert segmenter._fast is not None


def test_without_rjieba(cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    segmenter = Segmenter((), cache_dir, fast=True)
    assert [segmenter.words("我们不还款") for _ in range(3)] == [[(0, 2), (2, 3), (3, 5)]] * 3
    assert segmenter._fast is None


def test_another_dictionary_than_the_proven_one_is_not_left_to_rjieba(
    cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_fast, "DICTIONARY", "0" * 64)
    segmenter = Segmenter((), cache_dir, fast=True)
    segmenter.words("的")
    assert segmenter._fast is None


texts_of_all_kinds = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30),
    st.text(st.sampled_from("不还就坐牢催收爆通讯录的一1a.%-+ \r\n，😀\ud800"), max_size=40),
)


@given(texts_of_all_kinds)
@example("\r\n")
@settings(max_examples=300, deadline=None)
def test_words_cover_the_text(text: str) -> None:
    for segmenter in SHARED:
        found = segmenter.words(text)
        assert [start for start, _ in found] == [0, *(end for _, end in found)][:-1] if text else found == []
        assert all(start < end for start, end in found)
        assert (found[-1][1] if found else 0) == len(text)
        assert segmenter.boundaries(text) == {0, len(text), *(place for span in found for place in span)}
    assert SHARED[0].words(text) == SHARED[1].words(text)


SHARED = (Segmenter(USER_WORDS, None, fast=False), Segmenter(USER_WORDS, None, fast=True))


def test_same_without_a_cache(corpus: list[str], cache_dir: Path) -> None:
    cached = Segmenter(USER_WORDS, cache_dir, fast=False)
    assert all(SHARED[0].words(text) == cached.words(text) for text in corpus[:300])


def test_cache_holds_two_files_and_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    wanted = Segmenter(["爆通讯录"], folder).words("爆通讯录")
    names = sorted(path.name for path in folder.iterdir())
    assert [name.rpartition("-")[0] for name in names] == ["added-words", "jieba"]

    def unexpected(source: object) -> bytes:
        raise AssertionError("made anew although it is cached")

    monkeypatch.setattr(segment_dict, "_pack", unexpected)
    assert Segmenter(["爆通讯录"], folder).words("爆通讯录") == wanted


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "marshal", "other version"])
def test_damaged_cache_is_made_anew(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    text = "再不还就坐牢爆通讯录"
    wanted = Segmenter(USER_WORDS, folder).words(text)
    good = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        content = path.read_bytes()
        if damage == "cut":
            path.write_bytes(content[: len(content) // 2])
        elif damage == "flipped":
            path.write_bytes(content[:-2] + bytes([content[-2] ^ 3]) + content[-1:])
        elif damage == "empty":
            path.write_bytes(b"")
        elif damage == "marshal":
            import marshal

            path.write_bytes(marshal.dumps(({"不还就": 10**9}, 10**9)))
        else:
            path.write_bytes(content.replace(b"jieba 0.42.1", b"jieba 0.42.0", 1))
    assert Segmenter(USER_WORDS, folder).words(text) == wanted
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == good


def test_data_that_does_not_add_up_is_refused(cache_dir: Path) -> None:
    segment_dict.load(segment_dict.find_source(), cache_dir)
    data = segment_dict._pack(segment_dict.find_source())
    for wrong in (b"", data[:100], data[:1000], data[:-1], data + b"x", b"\xff" * 200):
        with pytest.raises(ValueError, match=r"cut short|does not fit"):
            segment_dict.JiebaDictionary(wrong)


def test_jieba_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(CollectlintError, match="jieba"):
        Segmenter((), None).words("还款")


def test_nothing_is_read_before_the_first_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_dict, "find_source", lambda: pytest.fail("read too early"))
    Segmenter(USER_WORDS, None)


@pytest.mark.parametrize("cached", [True, False])
def test_shared_temp_folder_is_neither_written_nor_read(cached: bool, tmp_path: Path) -> None:
    """A fresh process with a planted jieba cache: same tokens, nothing written, silent, no jieba imported."""
    import marshal

    shared, private = tmp_path / "shared", tmp_path / "private"
    shared.mkdir()
    private.mkdir(mode=0o700)
    (shared / "jieba.cache").write_bytes(marshal.dumps(({"不还就": 10**9, "不还": 0, "不": 0}, 10**9)))
    code = (
        "import sys, pathlib\n"
        "from collectlint.text.segment import Segmenter\n"
        "folder = pathlib.Path(sys.argv[1]) if sys.argv[1] else None\n"
        "segmenter = Segmenter(['爆通讯录'], folder, fast=len(sys.argv) > 2)\n"
        "for _ in range(3): found = segmenter.words('不还就坐牢')\n"
        "assert found == [(0, 1), (1, 2), (2, 3), (3, 5)], found\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'jieba']\n"
    )
    source = Path(segment.__file__).parents[2]
    environment = {
        **os.environ,
        "PYTHONPATH": str(source),
        "PYTHONDONTWRITEBYTECODE": "1",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(shared)),
    }
    for fast in ([], ["fast"]):
        arguments = [sys.executable, "-W", "error", "-c", code, str(private) if cached else "", *fast]
        done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in shared.iterdir()] == ["jieba.cache"]
    assert bool(list(private.iterdir())) == cached


def test_temp_folder_stays_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for fast in (True, False):
        Segmenter(USER_WORDS, None, fast=fast).words("再不还就坐牢爆通讯录")
    assert list(tmp_path.iterdir()) == []


def soak_texts() -> list[str]:
    beside = Path(__file__).parents[3] / "shared" / "soak"
    folder = Path(os.environ.get("COLLECTLINT_SOAK", beside))

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for part in value.values() if isinstance(value, dict) else value:
                yield from strings(part)

    texts: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            found = [text for line in lines for text in strings(json.loads(line))]
        texts.extend(random.Random(path.name).sample(found, min(1000, len(found))))
    return texts


def test_same_tokens_on_collected_text(with_words: Any, cache_dir: Path) -> None:
    texts = soak_texts()
    if not texts:
        pytest.skip("no collected text beside this checkout (COLLECTLINT_SOAK)")
    assert differing(with_words, Segmenter(USER_WORDS, cache_dir, fast=False), texts) == []
    assert differing(with_words, Segmenter(USER_WORDS, cache_dir, fast=True), texts) == []
