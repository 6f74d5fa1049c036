//- driver.c
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
static MINIPORT_HALT MPHalt;
static MINIPORT_UNLOAD MPUnload;
static MINIPORT_PAUSE MPPause;
static NDIS_HANDLE Handle;

static VOID MPHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction) {
  (void)MiniportAdapterContext;
  (void)HaltAction;
}

static VOID MPUnload(PDRIVER_OBJECT DriverObject) {
  (void)DriverObject;
  NdisMDeregisterMiniportDriver(Handle);
}

static NDIS_STATUS MPPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters) {
  (void)MiniportAdapterContext;
  (void)PauseParameters;

  return NDIS_STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {
    .HaltHandlerEx = MPHalt,
    .UnloadHandler = MPUnload,
    .PauseHandler = MPPause,
  };
  return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &Handle);
}
