#include <ndis.h>

static NDIS_HANDLE MiniportHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;
MINIPORT_SHUTDOWN MPShutdownEx;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    chars.UnloadHandler = MPUnload;
    chars.ShutdownHandlerEx = MPShutdownEx;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &MiniportHandle);
    return status;
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MiniportHandle);
}
