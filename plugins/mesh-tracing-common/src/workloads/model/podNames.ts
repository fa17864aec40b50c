/** A letter of the random parts of names, see Kubernetes' `SafeEncodeString`. */
const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';
/** Length of the random end that the API server gives to a generated name. */
const RANDOM_LENGTH = 5;
/** A generated name has at most this length: what stands before the end is cut. */
const GENERATED_LENGTH = 63;

/**
 * What follows the owner's name in a pod's, the surest first. Kubernetes builds
 * all of them alike: name, then what tells the generation, then the random end.
 */
const SUFFIXES = [
  // A run of a CronJob that is indexed: minutes, index.
  new RegExp(`-\\d{8,10}-\\d{1,10}-${SAFE}{5}$`),
  // Deployment, Rollout: hash of the pod template.
  new RegExp(`-${SAFE}{6,10}-${SAFE}{5}$`),
  // A run of a CronJob, an indexed Job, a generation of a DeploymentConfig.
  new RegExp(`-\\d{1,10}-${SAFE}{5}$`),
  // DaemonSet, Job, ReplicaSet, and most controllers of others.
  new RegExp(`-${SAFE}{5}$`),
  // StatefulSet: ordinal.
  /-\d{1,10}$/,
];
/** What may be left of a generation where the name was cut. */
const CUT_GENERATION = new RegExp(
  `-(?:${SAFE}{0,10}|\\d{1,10}(?:-\\d{0,10})?)$`,
);
const AFTER_OWNER = new RegExp(
  `^-(?:${SAFE}{1,10}-${SAFE}{5}|(?:\\d{1,10}-){0,2}${SAFE}{5}|\\d{1,10})$`,
);
const RANDOM_END = new RegExp(`^${SAFE}{5}$`);

/**
 * A guess at the workload that owns a pod, from the forms that Kubernetes gives
 * to pods' names; undefined for a name in no such form. The name of an owner
 * of more than 46 characters is cut in its pods' names: the guess is then what
 * all pods of the owner have in common.
 * @public
 */
export function ownerOfPod(pod: string): string | undefined {
  for (const form of SUFFIXES) {
    const suffix = form.exec(pod);
    if (suffix && suffix.index > 0) {
      return pod.slice(0, suffix.index);
    }
  }
  const base = cutBase(pod);
  const generation = base === undefined ? null : CUT_GENERATION.exec(base);
  return generation && generation.index > 0
    ? base?.slice(0, generation.index)
    : base;
}

/**
 * Whether Kubernetes may have named a pod of this owner so: what a pod's name
 * can tell for sure, unlike {@link ownerOfPod}, is whose it is not.
 */
export function mayBePodOf(pod: string, owner: string): boolean {
  if (pod === owner) {
    return true;
  }
  if (pod.startsWith(owner) && AFTER_OWNER.test(pod.slice(owner.length))) {
    return true;
  }
  const base = cutBase(pod);
  if (base === undefined) {
    return false;
  }
  return owner.length >= base.length
    ? owner.startsWith(base)
    : base.startsWith(owner) && CUT_GENERATION.test(base.slice(owner.length));
}

/** The part of a pod's name before its random end, where it was cut. */
function cutBase(pod: string): string | undefined {
  const length = GENERATED_LENGTH - RANDOM_LENGTH;
  return pod.length === GENERATED_LENGTH && RANDOM_END.test(pod.slice(length))
    ? pod.slice(0, length)
    : undefined;
}
