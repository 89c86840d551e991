"""The words that stand around a chart, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .model import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words around a chart in its language."""

    source: str
    data: str
    csv: str
    estimate: str
    no_data: str
    item: str
    value: str
    time: str
    as_of: str
    origin: str
    blank: str
    comma: str
    semicolon: str
    colon: str
    note: str
    event: str
    group: str
    low: str
    high: str
    singles: str
    others: str
    ahead: str
    left_out: str
    unsaid: str
    elsewhere: str
    total: str
    cumulative: str
    with_: str
    more: str
    history: str


WORDS: Mapping[Lang, Words] = {
    "zh": Words(
        source="来源：", data="查看数据", csv="下载 CSV", estimate="估计值", no_data="未公布", item="项目",
        value="数值", time="时间", as_of="截至", origin="出处", blank="", comma="、", semicolon="；",
        colon="：", note="说明", event="事项", group="分组", low="最低", high="最高", singles="各值", others="其他",
        ahead="查阅时尚未到来", left_out="缺数据未画：{} 项", unsaid="没有金额未计入：{} 项",
        elsewhere="其他币种未计入：{} 项", total="累计", cumulative="{}累计，只计{}", with_="含{}", more="另 {} 处",
        history="旧价或无日期未画：{} 行",
    ),
    "en": Words(
        source="Source: ", data="Show the data", csv="Download CSV", estimate="Estimate", no_data="not published",
        item="Item", value="Value", time="Date", as_of="As of", origin="Source", blank=" ", comma=", ", semicolon="; ",
        colon=": ", note="Note", event="Event", group="Group", low="Lowest", high="Highest", singles="Values",
        others="Others", ahead="Still ahead when it was read", left_out="not drawn for want of data: {}",
        unsaid="without an amount, not counted: {}", elsewhere="in other currencies, not counted: {}",
        total="Total", cumulative="{}, cumulative; counted: {}", with_="incl. {}", more="{} more",
        history="old or undated rows, not drawn: {}",
    ),
}  # fmt: skip
