export interface Config {
  auth?: {
    providers?: {
      /** Demo users to switch between; only in the demo and lab configurations. */
      demo?: {
        /** @deepVisibility frontend */
        users?: Array<{
          /** Entity ref of the user. */
          entityRef: string;
          title: string;
          /** What this person is there for, one sentence. */
          description: string;
        }>;
      };
    };
  };
}
