import { CloseOutlined, PaperClipOutlined, UploadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef, useState } from "react";
import type { FileInfo } from "../api/types";
import { useText } from "../text";

export interface FileTools {
  upload: (file: Blob) => Promise<FileInfo>;
  href: (digest: string) => string;
}

/** Evidence takes files and keeps their digests: photographs first, anything allowed. */
export function Evidence({
  value = [],
  onChange,
  tools,
  known = [],
}: {
  value?: string[];
  onChange?: (digests: string[]) => void;
  tools: FileTools;
  known?: FileInfo[];
}) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [names, setNames] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(0);
  const [wrong, setWrong] = useState("");
  const label = (d: string) => names[d] ?? known.find((f) => f.digest === d)?.name ?? `${d.slice(0, 14)}…`;

  const take = async (files: FileList | null) => {
    setWrong("");
    let all = value;
    for (const f of Array.from(files ?? [])) {
      setBusy((n) => n + 1);
      try {
        const stored = await tools.upload(f);
        setNames((n) => ({ ...n, [stored.digest]: stored.name || f.name }));
        all = [...all.filter((d) => d !== stored.digest), stored.digest];
        onChange?.(all);
      } catch (e) {
        setWrong((e as Error).message);
      } finally {
        setBusy((n) => n - 1);
      }
    }
    if (input.current) input.current.value = "";
  };
  return (
    <div className="stack" style={{ gap: 4 }}>
      {value.map((d) => (
        <span className="row" key={d}>
          <PaperClipOutlined aria-hidden />
          <a className="grow ellipsis" href={tools.href(d)} target="_blank" rel="noreferrer">
            {label(d)}
          </a>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t("file.remove", { name: label(d) })}
            onClick={() => onChange?.(value.filter((x) => x !== d))}
          />
        </span>
      ))}
      <input
        ref={input}
        type="file"
        multiple
        style={{ display: "none" }}
        aria-label={t("file.add")}
        onChange={(e) => take(e.target.files)}
      />
      <div>
        <Button icon={<UploadOutlined />} loading={busy > 0} onClick={() => input.current?.click()}>
          {t("file.add")}
        </Button>
      </div>
      {wrong && (
        <span role="alert" style={{ color: "var(--error)" }}>
          {wrong}
        </span>
      )}
    </div>
  );
}

/** FileButton chooses one file and hands it on. */
export function FileButton({
  label,
  accept,
  busy,
  onFile,
}: {
  label: string;
  accept?: string;
  busy?: boolean;
  onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        style={{ display: "none" }}
        aria-label={label}
        onChange={(e) => {
          const f = e.target.files?.[0];
          if (f) onFile(f);
          e.target.value = "";
        }}
      />
      <Button icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
