// action: Create 'MPPause' as MINIPORT_PAUSE
//- driver.c
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
static MINIPORT_HALT MPHalt;
static MINIPORT_UNLOAD MPUnload;
static NDIS_HANDLE Handle;

static VOID MPHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction) {
  (void)MiniportAdapterContext;
  (void)HaltAction;
}

static VOID MPUnload(PDRIVER_OBJECT DriverObject) {
  (void)DriverObject;
  NdisMDeregisterMiniportDriver(Handle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {
    .HaltHandlerEx = MPHalt,
    .UnloadHandler = MPUnload,
    .PauseHandler = MPP$0ause,
  };
  return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &Handle);
}
