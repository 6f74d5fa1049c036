#include <ndis.h>

static NDIS_HANDLE MiniportHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    DriverObject->DriverUnload = DriverUnload;
//                ^^^^^^^^^^^^ information entry-point-set-after-registration: 'DriverUnload' is not for a miniport driver to set; its unload handler is 'UnloadHandler'
    FillCharacteristics(&chars);
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &MiniportHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MiniportHandle);
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}
