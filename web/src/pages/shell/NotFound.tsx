import { Link } from "react-router";
import { Page } from "../../parts/Page";
import { Empty } from "../../parts/States";
import { useText } from "../../text";

export function NotFound() {
  const { t } = useText();
  return (
    <Page title={t("notfound.title")}>
      <section className="panel">
        <Empty title={t("notfound.title")} hint={t("notfound.hint")} action={<Link to="/">{t("notfound.home")}</Link>} />
      </section>
    </Page>
  );
}
