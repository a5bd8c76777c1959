import { useLingui } from '@lingui/react/macro';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button';
import css from './CodeBlock.module.css';
import { toast } from './Toaster';

/** How long the button says that it worked. */
const COPIED_MS = 2000;

/** Text to be taken elsewhere, with a button that copies it. `label` says what it is. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
    } catch {
      toast({
        title: t`The browser does not let this page copy`,
        description: t`Select the text and copy it.`,
      });
    }
  }

  return (
    <div className={css.block}>
      <pre className={css.code}>{code}</pre>
      <Button
        size="s"
        className={css.copy}
        aria-label={copied ? t`Copied` : t`Copy: ${label}`}
        icon={copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        onClick={() => void copy()}
      >
        {copied ? t`Copied` : t`Copy`}
      </Button>
      <span role="status" className="visually-hidden">
        {copied && t`Copied`}
      </span>
    </div>
  );
}
