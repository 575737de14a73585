import { CopyOutlined, DownloadOutlined } from "@ant-design/icons";
import { App, Button, Drawer } from "antd";
import { api } from "../../api/client";
import { useApi } from "../../api/use";
import { copy } from "../../lib/use";
import { Paper } from "../../parts/Paper";
import { Await } from "../../parts/States";
import { useText } from "../../text";

/** RequestDrawer asks one provider for all it owes: a letter to send, a text for WeChat. */
export function RequestDrawer({
  provider,
  period,
  onClose,
}: {
  provider: { code: string; name: string };
  period: string;
  onClose: () => void;
}) {
  const { t } = useText();
  const { message } = App.useApp();
  const asked = useApi("givenRequest", [provider.code, period]);
  return (
    <Drawer
      open
      onClose={onClose}
      size={720}
      title={t("given.requestTo", { name: provider.name })}
      extra={
        <Button icon={<DownloadOutlined />} href={api.givenLetter(provider.code, period)}>
          DOCX
        </Button>
      }
      styles={{ body: { padding: 0 } }}
    >
      <Await of={asked} rows={10}>
        {(r) => (
          <>
            <section className="wechat">
              <div className="row">
                <h3 className="grow">{t("given.message")}</h3>
                <Button
                  size="small"
                  icon={<CopyOutlined />}
                  onClick={() => copy(r.message_text).then(() => message.success(t("figure.copied")))}
                >
                  {t("survey.copyText")}
                </Button>
              </div>
              <p>{r.message_text}</p>
            </section>
            <div className="letter">
              <Paper
                html={
                  r.letter_html.includes('class="paper"') ? r.letter_html : `<article class="paper">${r.letter_html}</article>`
                }
                onFigure={() => {}}
              />
            </div>
          </>
        )}
      </Await>
    </Drawer>
  );
}
