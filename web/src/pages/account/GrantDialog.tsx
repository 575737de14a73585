import { Form, Input, Modal, Select } from "antd";
import { api, Problem } from "../../api/client";
import type { Account, Me } from "../../api/types";
import { useApi, useDo } from "../../api/use";
import { Faults } from "../../parts/Faults";
import { useText } from "../../text";

interface Grant {
  roles: string[];
  posts?: string[];
  over: "county" | "parks" | "enterprises";
  parks?: string[];
  enterprises?: string[];
  reason: string;
}

/** reachOf keeps the one kind of reach that was chosen, and drops what was typed for the others. */
export function reachOf(g: Grant): Me["reach"] {
  if (g.over === "county") return { county: true };
  return g.over === "parks" ? { parks: g.parks ?? [] } : { enterprises: g.enterprises ?? [] };
}

/** GrantDialog says what somebody may do, over what, and why. */
export function GrantDialog({ account: a, known, onClose }: { account: Account; known: Account[]; onClose: () => void }) {
  const { t } = useText();
  const [form] = Form.useForm<Grant>();
  const start = a.reach?.parks?.length ? "parks" : a.reach?.enterprises?.length ? "enterprises" : "county";
  const over = Form.useWatch("over", form) ?? start;
  const parks = useApi("register", ["park"], { on: over === "parks" });
  const roles = new Map(known.flatMap((x) => (x.roles ?? []).map((r, i) => [r, x.role_names?.[i] ?? r] as const)));
  const grant = useDo(
    (g: Grant) =>
      api.grant(a.id, {
        roles: g.roles,
        posts: g.posts ?? [],
        reach: reachOf(g),
        reason: g.reason.trim(),
        based_on: a.grant_version ?? 0,
      }),
    ["accounts"],
    onClose,
  );
  const need = [{ required: true, message: t("wrong.need") }];
  return (
    <Modal
      open
      title={t("account.grantTo", { name: a.name })}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t("form.save")}
      cancelText={t("form.cancel")}
      okButtonProps={{ loading: grant.isPending }}
      destroyOnHidden
    >
      <Faults problem={grant.error instanceof Problem ? grant.error : undefined} error={grant.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles: a.roles, posts: a.posts, over: start, parks: a.reach?.parks, enterprises: a.reach?.enterprises }}
        onFinish={(g) => grant.mutate(g)}
      >
        <Form.Item name="roles" label={t("account.roles")} rules={need}>
          <Select mode="tags" options={[...roles].map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="posts" label={t("account.posts")}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="over" label={t("account.reach")}>
          <Select
            options={[
              { value: "county", label: t("account.wholeCounty") },
              { value: "parks", label: t("account.someParks") },
              { value: "enterprises", label: t("account.someEnterprises") },
            ]}
          />
        </Form.Item>
        {over === "parks" && (
          <Form.Item name="parks" label={t("account.someParks")} rules={need}>
            <Select mode="tags" options={parks.data?.rows.map((p) => ({ value: p.id, label: p.title }))} />
          </Form.Item>
        )}
        {over === "enterprises" && (
          <Form.Item name="enterprises" label={t("account.someEnterprises")} rules={need} extra={t("account.codesHint")}>
            <Select mode="tags" open={false} suffixIcon={null} />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t("step.reason")}
          rules={[{ required: true, whitespace: true, message: t("wrong.need") }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
