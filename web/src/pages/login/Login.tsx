import { LockOutlined, UserOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { api, Problem } from "../../api/client";
import { queries } from "../../api/use";
import { useText } from "../../text";
import { LangSwitch, landing } from "../shell/Shell";
import "./login.css";

/** The way in, and the first change of a password, which is asked for before anything else. */
export function Component() {
  const { t } = useText();
  const [params] = useSearchParams();
  const [change, setChange] = useState(params.get("change") === "1");
  const [old, setOld] = useState("");
  const mustChange = (password: string) => {
    setOld(password);
    setChange(true);
  };
  useEffect(() => {
    document.title = `${t("login.title")} · ${t("app.name")}`;
  }, [t]);
  return (
    <main className="login">
      <div className="login-lang">
        <LangSwitch />
      </div>
      <section className="login-card">
        <div className="login-brand">
          <img src="/mark.svg" alt="" width={40} height={40} />
          <div>
            <h1>{t("app.name")}</h1>
            <p className="soft">{t("app.line")}</p>
          </div>
        </div>
        {change ? <Change old={old} /> : <Enter onMustChange={mustChange} />}
      </section>
      <p className="cap">{t("login.foot")}</p>
    </main>
  );
}

/** next is where to go: the page that was asked for, or the person's own landing page. */
async function land(next: string | null): Promise<string> {
  const me = await queries.fetchQuery({ queryKey: ["me"], queryFn: api.me, staleTime: 0 });
  if (me.must_change) return "";
  return next?.startsWith("/") && !next.startsWith("//") && next !== "/" ? next : landing(me);
}

function Enter({ onMustChange }: { onMustChange: (password: string) => void }) {
  const { t } = useText();
  const go = useNavigate();
  const [params] = useSearchParams();
  const [wrong, setWrong] = useState<ReactNode>();
  const [busy, setBusy] = useState(false);
  const [otp, setOtp] = useState(false);
  const enter = async (v: { login: string; password: string; otp?: string }) => {
    setBusy(true);
    setWrong(undefined);
    try {
      await api.login({ ...v, login: v.login.trim() });
      const to = await land(params.get("next"));
      if (to) go(to, { replace: true });
      else onMustChange(v.password);
    } catch (e) {
      setWrong((e as Error).message);
      if (e instanceof Problem && /验证码|otp/i.test(e.message)) setOtp(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" onFinish={enter} requiredMark={false}>
      {wrong && <Alert type="error" showIcon title={wrong} style={{ marginBottom: 16 }} role="alert" />}
      <Form.Item name="login" label={t("login.name")} rules={[{ required: true, message: t("wrong.need") }]}>
        <Input size="large" prefix={<UserOutlined />} autoFocus autoComplete="username" />
      </Form.Item>
      <Form.Item name="password" label={t("login.password")} rules={[{ required: true, message: t("wrong.need") }]}>
        <Input.Password size="large" prefix={<LockOutlined />} autoComplete="current-password" />
      </Form.Item>
      {otp && (
        <Form.Item name="otp" label={t("login.otp")}>
          <Input size="large" inputMode="numeric" autoComplete="one-time-code" />
        </Form.Item>
      )}
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {t("login.enter")}
      </Button>
      {!otp && (
        <p className="login-otp">
          <button type="button" className="link" onClick={() => setOtp(true)}>
            {t("login.useOtp")}
          </button>
        </p>
      )}
    </Form>
  );
}

function Change({ old }: { old: string }) {
  const { t } = useText();
  const go = useNavigate();
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const change = async (v: { old?: string; new: string }) => {
    setBusy(true);
    setWrong("");
    try {
      await api.password({ old: v.old || old, new: v.new });
      go((await land(null)) || "/", { replace: true });
    } catch (e) {
      setWrong((e as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" onFinish={change} requiredMark={false}>
      <Alert
        type={wrong ? "error" : "info"}
        showIcon
        title={wrong || t(old ? "login.first" : "login.change")}
        style={{ marginBottom: 16 }}
      />
      {!old && (
        <Form.Item name="old" label={t("login.old")} rules={[{ required: true, message: t("wrong.need") }]}>
          <Input.Password size="large" autoComplete="current-password" />
        </Form.Item>
      )}
      <Form.Item name="new" label={t("login.new")} rules={[{ required: true, min: 10, message: t("login.short") }]}>
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("login.again")}
        dependencies={["new"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, v) => (v === getFieldValue("new") ? Promise.resolve() : Promise.reject(new Error(t("login.differ")))),
          }),
        ]}
      >
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {t("login.save")}
      </Button>
    </Form>
  );
}
