import { Form, Input, Modal } from "antd";
import { api, Problem } from "../../api/client";
import { useDo } from "../../api/use";
import { Faults } from "../../parts/Faults";
import { useText } from "../../text";

interface Person {
  login: string;
  name: string;
  phone?: string;
}

/** MakeDialog opens an account; what the person may do is granted by somebody else. */
export function MakeDialog({ onClose, onMade }: { onClose: () => void; onMade: (login: string, password: string) => void }) {
  const { t } = useText();
  const [form] = Form.useForm<Person>();
  const make = useDo(
    (v: Person) => api.makeAccount({ login: v.login.trim(), name: v.name.trim(), phone: v.phone?.trim() || undefined }),
    ["accounts"],
    (r, v) => {
      onClose();
      onMade(v.login, r.password);
    },
  );
  const need = [{ required: true, whitespace: true, message: t("wrong.need") }];
  return (
    <Modal
      open
      title={t("account.add")}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t("form.save")}
      cancelText={t("form.cancel")}
      okButtonProps={{ loading: make.isPending }}
      destroyOnHidden
    >
      <Faults problem={make.error instanceof Problem ? make.error : undefined} error={make.error} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(v) => make.mutate(v)}>
        <Form.Item name="name" label={t("account.name")} rules={need}>
          <Input />
        </Form.Item>
        <Form.Item name="login" label={t("account.login")} rules={need}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="phone" label={t("account.phone")}>
          <Input inputMode="tel" autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
