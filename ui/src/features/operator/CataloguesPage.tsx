import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, FileUp } from 'lucide-react';
import { useState } from 'react';
import { type OperatorCatalogueView, operatorCataloguesListOptions } from '@/api';
import { paths } from '@/app/paths';
import { useTitle } from '@/app/useTitle';
import { Badge, Button, ErrorState, Page, Section, Skeleton } from '@/design';
import css from '@/features/settings/ListPage.module.css';
import { useTimes } from '@/i18n/time';
import { LoadDialog } from './catalogues/LoadDialog';

/** What can be sold: every version of every plan catalogue, and the way to take in another. */
export default function CataloguesPage() {
  const { t } = useLingui();
  const catalogues = useQuery({ ...operatorCataloguesListOptions(), staleTime: 0 });
  const [loading, setLoading] = useState(false);
  useTitle(t`Plan catalogues`);
  return (
    <Page
      title={t`Plan catalogues`}
      description={t`Plans, add-ons and credits as data. Workspaces keep the version that they stand on until you put them on another.`}
      actions={
        <Button
          variant="primary"
          icon={<FileUp size={15} aria-hidden="true" />}
          onClick={() => setLoading(true)}
        >
          {t`Load a catalogue…`}
        </Button>
      }
    >
      <Section title={t`Plan catalogues`} hideTitle flush>
        {catalogues.isPending ? (
          <Skeleton lines={6} label={t`Loading`} />
        ) : catalogues.isError ? (
          <ErrorState
            title={t`The catalogues could not be loaded`}
            error={catalogues.error}
            onRetry={() => void catalogues.refetch()}
          />
        ) : (
          <ul className={css.list}>
            {catalogues.data.items.map((shown) => (
              <Row key={`${shown.catalogue.id} ${shown.catalogue.version}`} shown={shown} />
            ))}
          </ul>
        )}
      </Section>
      {loading && <LoadDialog onClose={() => setLoading(false)} />}
    </Page>
  );
}

function Row({ shown }: { shown: OperatorCatalogueView }) {
  const { t } = useLingui();
  const { date } = useTimes();
  const { catalogue, loaded_at, newest, workspaces, not_for_sale } = shown;
  return (
    <li>
      <Link
        to={paths.operatedCatalogue(catalogue.id)}
        search={{ version: catalogue.version }}
        className={css.row}
      >
        <span className={css.name}>
          <b>{catalogue.title}</b>
          <small>
            {t`${catalogue.id}, version ${catalogue.version}`} ·{' '}
            {loaded_at ? t`loaded on ${date(loaded_at)}` : t`comes with the program`}
          </small>
        </span>
        <span className={css.quiet}>
          <Plural value={workspaces} _0="no workspace" one="# workspace" other="# workspaces" />
        </span>
        {not_for_sale.length > 0 && (
          <Badge tone="warn">
            <Plural value={not_for_sale.length} one="# not for sale" other="# not for sale" />
          </Badge>
        )}
        {!newest && <Badge>{t`Older version`}</Badge>}
        <ChevronRight size={16} aria-hidden="true" className={css.go} />
      </Link>
    </li>
  );
}
