import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { meShow, type WorkspaceCreate, workspaceCreate } from '@/api';
import { takeIn } from './patch';
import { paths } from './paths';
import { meOptions } from './session';

/** Makes a workspace by its name and its pack, and opens it. */
export function useCreateWorkspace() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (body: WorkspaceCreate) => {
      const { data } = await workspaceCreate({ body });
      // The route asks whether one belongs to the workspace.
      takeIn(meOptions.queryKey, (await meShow()).data);
      return data;
    },
    onSuccess: (workspace) => navigate({ to: paths.workspace(workspace.id) }),
  });
}
