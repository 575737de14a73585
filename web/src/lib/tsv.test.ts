import { expect, test } from "vitest";
import { csv, format, parse } from "./tsv";

test.each([
  ["one cell", "12", [["12"]]],
  [
    "a block from Excel",
    "1\t2\r\n3\t4\r\n",
    [
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  ["empty cells keep their place", "\t2\t\n", [["", "2", ""]]],
  ["a line break inside a cell", '"甲\n乙"\t2\n', [["甲\n乙", "2"]]],
  ["doubled quotes", '"说""好"""\n', [['说"好"']]],
  ["a quote inside a cell is itself", '5" 管\t1', [['5" 管', "1"]]],
  ["nothing", "", []],
])("%s", (_, text, want) => expect(parse(text)).toEqual(want));

test("parse takes back what format wrote", () => {
  const rows = [
    ["企业", "a\tb", 'c"d'],
    ["", "换\n行", "1,2"],
  ];
  expect(parse(format(rows))).toEqual(rows);
});

test("csv opens in Excel and runs no formula", () => {
  expect(csv([["名称", "=1+1", "-5", "-a"]])).toBe('\uFEFF"名称","\'=1+1","-5","\'-a"\r\n');
});
