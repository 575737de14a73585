import { App, Button, Drawer, Form } from "antd";
import { useState } from "react";
import { api, Problem } from "../../api/client";
import type { Step, TypeDef, Values } from "../../api/types";
import { useDo } from "../../api/use";
import { births } from "../../lib/record";
import { Faults } from "../../parts/Faults";
import { SchemaForm } from "../../parts/SchemaForm";
import { useText } from "../../text";
import { tools } from "../shell/tools";

/** CreateDrawer makes a record of any type; each step that may make one is a button. */
export function CreateDrawer({
  type,
  enterprise,
  onClose,
  onMade,
}: {
  type: TypeDef;
  enterprise?: string;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const { t, name } = useText();
  const { modal } = App.useApp();
  const [form] = Form.useForm();
  const ways = births(type);
  const [step, setStep] = useState<Step | undefined>(ways[0]);
  const make = useDo(
    (values: Values) => api.makeRecord(type.code, { step: step?.code ?? "", values }),
    ["ledger", "ledgers", "desk", "enterprise"],
    (r) => onMade(r.id),
  );
  const close = () =>
    form.isFieldsTouched() ? modal.confirm({ title: t("form.leave"), okText: t("form.throwAway"), onOk: onClose }) : onClose();
  const send = (w: Step) => {
    setStep(w);
    setTimeout(() => form.submit()); // once the step's own needs are known to the form
  };
  const problem = make.error instanceof Problem ? make.error : undefined;
  return (
    <Drawer
      open
      onClose={close}
      size={560}
      title={t("ledger.create", { name: name(type) })}
      footer={
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button onClick={close}>{t("form.cancel")}</Button>
          {ways.map((w, i) => (
            <Button
              key={w.code}
              type={i === 0 ? "primary" : "default"}
              loading={make.isPending && step === w}
              onClick={() => send(w)}
            >
              {name(w)}
            </Button>
          ))}
        </div>
      }
    >
      <Faults problem={problem} error={make.error} />
      <SchemaForm
        fields={type.fields}
        form={form}
        need={step?.need ?? []}
        tools={tools}
        initial={enterprise && type.subject ? { [type.subject]: enterprise } : undefined}
        onSubmit={(v) => make.mutate(v)}
      />
    </Drawer>
  );
}
