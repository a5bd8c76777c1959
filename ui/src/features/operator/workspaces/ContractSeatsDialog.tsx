import { useLingui } from '@lingui/react/macro';
import { type OperatorWorkspaceView, operatorContractSeatsPut } from '@/api';
import { Button, Dialog, Input, toast } from '@/design';
import money from '@/features/money/money.module.css';
import { Form, FormField, textOf } from '@/form';
import { useOperatorChange, useOperatorMessages } from '../operator';

interface Props {
  workspace: OperatorWorkspaceView;
  onClose: () => void;
}

/** Writes down how many full seats a contract has; left empty, the plan says it. */
export function ContractSeatsDialog({ workspace, onClose }: Props) {
  const { t } = useLingui();
  const messages = useOperatorMessages();
  const agree = useOperatorChange(
    (seats: number | null) =>
      operatorContractSeatsPut({ path: { workspace_id: workspace.id }, body: { seats } }),
    ({ name, contract_seats: seats }) => {
      toast({
        title: seats === null ? t`${name} has the seats of its plan` : t`${name} has ${seats} full seats`,
      });
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Seats of ${workspace.name}`}
      description={t`As the contract says. They hold at once, and nothing is charged for them. Fewer than people hold take none away at once: the newest rest after two weeks.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="seats" variant="primary" busy={agree.isPending}>
            {t`Write down`}
          </Button>
        </>
      }
    >
      <Form
        id="seats"
        error={agree.error}
        messages={messages}
        onSubmit={(values) => {
          const said = textOf(values, 'seats');
          if (!agree.isPending) agree.mutate(said === '' ? null : Number(said));
        }}
      >
        <FormField name="seats" label={t`Full seats`} hint={t`Empty: as many as the plan itself says.`}>
          <Input
            name="seats"
            type="number"
            min={1}
            max={10_000}
            className={money.number}
            defaultValue={workspace.contract_seats ?? ''}
          />
        </FormField>
      </Form>
    </Dialog>
  );
}
