"""Free space, write time, wear and mounts in the words of different phones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.storage.df import parse_data_volume, parse_df
from diagnose.parsers.storage.diskstats import parse_diskstats
from diagnose.parsers.storage.life import parse_storage_life_files, parse_storage_life_hal
from diagnose.parsers.storage.mounts import parse_mounts

TOYBOX = """\
Filesystem       1K-blocks     Used Available Use% Mounted on
tmpfs              1902312      536   1901776   1% /dev
/dev/block/dm-0    1133268  1129836         0 100% /
/dev/block/sda35  25497924  4995672  20354796  20% /data
"""
TOOLBOX = """\
Filesystem               Size     Used     Free   Blksize
/dev                   919.5M   112.0K   919.4M   4096
/data                   10.8G     8.4G     2.4G   4096
/mnt/runtime/default/emulated: Permission denied
/storage/emulated       10.8G     8.4G     2.4G   4096
"""
PROSE = "/data: 200960K total, 63836K used, 137124K available (block size 4096)\n"
WRAPPED = """\
Filesystem           1K-blocks      Used Available Use% Mounted on
/dev/block/platform/msm_sdcc.1/by-name/userdata
                      12345678   2345678  10000000  19% /data
"""
DISKSTATS = """\
Latency: 3ms [512B Data Write]
Recent Disk Write Speed (kB/s) = 41230
Data-Free: 20349932K / 25497924K total = 79% free
File-based Encryption: true
"""
UFS = """\
/sys/devices/platform/soc/1d84000.ufshc/health_descriptor/eol_info:0x02
/sys/devices/platform/soc/1d84000.ufshc/health_descriptor/life_time_estimation_a:0x09
/sys/devices/platform/soc/1d84000.ufshc/health_descriptor/life_time_estimation_b:0x0B
"""
EMMC = """\
/sys/class/mmc_host/mmc0/mmc0:0001/life_time:0x03 0x04
/sys/class/mmc_host/mmc0/mmc0:0001/pre_eol_info:0x01
"""
AIDL = "HealthInfo{storageInfos: [StorageInfo{eol: 1, lifetimeA: 2, lifetimeB: 3, version: u}]}"
HIDL = '.storageInfos = [1]{{.name = "UFS0"}, .eol = 3, .lifetimeA = 11, .lifetimeB = 1, .v = ""}'
MOUNTS = """\
/dev/block/dm-0 / ext4 ro,seclabel,relatime 0 0
/dev/block/dm-8 /data f2fs rw,lazytime,seclabel,nosuid,errors=remount-ro 0 0
"""
SAMPLES = [TOYBOX, TOOLBOX, PROSE, WRAPPED, DISKSTATS, UFS, EMMC, AIDL, HIDL, MOUNTS]
PARSERS = [
    parse_df,
    parse_diskstats,
    parse_storage_life_files,
    parse_storage_life_hal,
    parse_mounts,
]


@pytest.mark.parametrize(
    ("text", "total_kib", "free_kib"),
    [
        (TOYBOX, 25_497_924, 20_354_796),
        (PROSE, 200_960, 137_124),
        (WRAPPED, 12_345_678, 10_000_000),
        (TOOLBOX, 10.8 * 1024**2, 2.4 * 1024**2),
    ],
    ids=["toybox", "prose", "wrapped", "toolbox"],
)
def test_every_layout_of_df_gives_the_data_volume(
    text: str, total_kib: float, free_kib: float
) -> None:
    data = parse_data_volume(text)
    assert data is not None
    assert data.total_kib == pytest.approx(total_kib)
    assert data.free_kib == pytest.approx(free_kib)


def test_refusals_in_the_table_are_no_rows() -> None:
    assert [row.mount for row in parse_df(TOOLBOX)] == ["/dev", "/data", "/storage/emulated"]


def test_human_sizes_without_a_header_are_read() -> None:
    data = parse_data_volume("/dev/fuse  475G 138G  337G  30%  /storage/emulated\n")
    assert data is not None
    assert data.free_percent == pytest.approx(337 / 475 * 100)


def test_the_later_of_two_mounts_in_one_place_counts() -> None:
    twice = TOYBOX + "tmpfs 1902312 0 1902312 0% /data\n"
    data = parse_data_volume(twice)
    assert data is not None
    assert data.device == "tmpfs"


def test_diskstats_gives_latency_speed_and_space() -> None:
    stats = parse_diskstats(DISKSTATS)
    assert (stats.latency_ms, stats.write_kb_per_s) == (3, 41_230)
    assert (stats.data_free_kib, stats.data_total_kib) == (20_349_932, 25_497_924)


def test_a_failed_test_write_is_no_latency() -> None:
    stats = parse_diskstats(
        "Test-Error: java.io.FileNotFoundException: EROFS\nData-Free: 1K / 2K total\n"
    )
    assert stats.latency_ms is None
    assert stats.write_error.startswith("Test-Error")


def test_speed_that_was_never_measured_is_none() -> None:
    text = "Latency: 0ms [512B Data Write]\nRecent Disk Write Speed data unavailable\n"
    stats = parse_diskstats(text)
    assert (stats.latency_ms, stats.write_kb_per_s) == (0, None)


@pytest.mark.parametrize(
    ("text", "codes"), [(UFS, (9, 11, 2)), (EMMC, (3, 4, 1))], ids=["ufs", "emmc"]
)
def test_wear_files_give_both_estimates_and_the_state(
    text: str, codes: tuple[int, int, int]
) -> None:
    life = parse_storage_life_files(text)
    assert (life.life_a, life.life_b, life.end_of_life) == codes
    assert life.worst_estimate == max(codes[:2])


@pytest.mark.parametrize("spelling", ["0x{:02x}", "0x{:02X}", "0X{:X}", "{:02X}", "{:02x}", "{:X}"])
@pytest.mark.parametrize("code", range(1, 12))
def test_a_step_of_life_is_hexadecimal_with_and_without_its_sign(code: int, spelling: str) -> None:
    """Kernels print `0x0A`, `0A` and `a`: the worn-out steps are the ones with letters."""
    word = spelling.format(code)
    ufs = f"/sys/devices/x.ufshc/health_descriptor/life_time_estimation_a:{word}\n"
    emmc = f"/sys/block/mmcblk0/device/life_time:0x01 {word}\n"
    assert parse_storage_life_files(ufs).life_a == code
    assert parse_storage_life_files(emmc).life_b == code


@pytest.mark.parametrize(("word", "code"), [("10", 10), ("11", 11)])
def test_two_digits_without_a_sign_are_decimal_where_hexadecimal_is_no_step(
    word: str, code: int
) -> None:
    emmc = f"/sys/block/mmcblk0/device/life_time:{word} 0x01\n"
    assert parse_storage_life_files(emmc).life_a == code


@pytest.mark.parametrize("word", ["0C", "c", "12", "1a", "0x0c", "0x", "g", "", "-1", "²"])
def test_what_is_no_step_is_no_life(word: str) -> None:
    with pytest.raises(ParseError):
        parse_storage_life_files(f"/sys/block/mmcblk0/device/life_time:{word} {word}\n")


@pytest.mark.parametrize(
    ("text", "codes"), [(AIDL, (2, 3, 1)), (HIDL, (11, 1, 3))], ids=["aidl", "hidl"]
)
def test_wear_in_the_health_hal(text: str, codes: tuple[int, int, int]) -> None:
    life = parse_storage_life_hal(text)
    assert (life.life_a, life.life_b, life.end_of_life) == codes


@pytest.mark.parametrize("code", ["0x00", "0x0C", "0xFF", "-22", ""])
def test_codes_outside_the_standard_are_not_read(code: str) -> None:
    with pytest.raises(ParseError):
        parse_storage_life_files(f"/sys/devices/platform/x.ufs/health_descriptor/eol_info:{code}\n")


def test_other_files_of_the_folder_say_nothing_of_wear() -> None:
    with pytest.raises(ParseError):
        parse_storage_life_files("/sys/devices/platform/x.ufs/health_descriptor/length:0x05\n")


def test_options_tell_read_only_from_what_would_happen_on_errors() -> None:
    mounts = parse_mounts(MOUNTS)
    assert mounts["/"].is_read_only
    assert not mounts["/data"].is_read_only


def test_the_words_of_mount_read_as_the_file_does() -> None:
    output = "/dev/block/dm-8 on /data type f2fs (ro,lazytime,seclabel)\n"
    assert parse_mounts(output)["/data"].is_read_only


@pytest.mark.parametrize("parser", PARSERS)
@given(text=st.text(max_size=400) | st.text(alphabet="/0123456789xKMG%: =,\n[]", max_size=400))
def test_arbitrary_text_raises_nothing_but_parse_error(parser: object, text: str) -> None:
    _parses_or_refuses(parser, text)


@pytest.mark.parametrize("parser", PARSERS)
@given(sample=st.sampled_from(SAMPLES), at=st.integers(0, 300), other=st.text(max_size=8))
def test_damaged_answers_raise_nothing_but_parse_error(
    parser: object, sample: str, at: int, other: str
) -> None:
    _parses_or_refuses(parser, sample[:at] + other + sample[at + len(other) :])


def _parses_or_refuses(parser: object, text: str) -> None:
    assert callable(parser)
    try:
        parsed = parser(text)
    except ParseError:
        return
    assert parsed
