import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { Button, Form } from "antd";
import { expect, test, vi } from "vitest";
import type { Field } from "../api/types";
import { type FormTools, plain, SchemaForm } from "./SchemaForm";

const fields: Field[] = [
  { code: "title", name: "名称", type: "text", need: true },
  { code: "sum", name: "金额", type: "number", unit: "万元", scale: 2 },
  { code: "note", name: "说明", type: "note" },
];
const tools: FormTools = { upload: vi.fn(), href: (d) => d, lookup: async () => [] };

function Shown({ need, onSubmit }: { need?: string[]; onSubmit: (v: object) => void }) {
  const [form] = Form.useForm();
  return (
    <SchemaForm fields={fields} form={form} need={need} tools={tools} onSubmit={onSubmit}>
      <Button htmlType="submit">保存</Button>
    </SchemaForm>
  );
}

test("what is lacking is said under its field, and nothing is sent", async () => {
  const onSubmit = vi.fn();
  render(<Shown need={["note"]} onSubmit={onSubmit} />);
  fireEvent.change(screen.getByLabelText("金额（万元）"), { target: { value: "1.234" } });
  fireEvent.click(screen.getByRole("button"));
  await waitFor(() => expect(screen.getAllByText("此项必填")).toHaveLength(2));
  expect(screen.getByText("最多 2 位小数")).toBeTruthy();
  expect(onSubmit).not.toHaveBeenCalled();
});

test("a good form is sent in plain values", async () => {
  const onSubmit = vi.fn();
  render(<Shown onSubmit={onSubmit} />);
  fireEvent.change(screen.getByLabelText(/名称/), { target: { value: "技改" } });
  fireEvent.change(screen.getByLabelText("金额（万元）"), { target: { value: "1,234.5" } });
  fireEvent.click(screen.getByRole("button"));
  await waitFor(() => expect(onSubmit).toHaveBeenCalledWith({ title: "技改", sum: "1234.5" }));
});

test("zero is stated, empty is not", () => {
  expect(plain(fields, { title: "", sum: "0" })).toEqual({ sum: "0" });
});
