//- entry.c
#include <ndis.h>

static NDIS_HANDLE DriverHandle;

MINIPORT_PAUSE MPPause;
MINIPORT_HALT MPHalt;
DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.PauseHandler = MPPause;
    chars.HaltHandlerEx = MPHalt;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

//- halt.c
#include <ndis.h>

VOID MPHalt(NDIS_HANDLE MiniportAdapterContext)
//   ^^^^^^ warning handler-signature-mismatch: 'MPHalt' has 1 parameter, 'MINIPORT_HALT' has 2: (NDIS_HANDLE, NDIS_HALT_ACTION)
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES *attributes = MiniportAdapterContext;

    attributes->MtuSize = 0;
}
