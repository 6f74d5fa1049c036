//- entry.c
#include <ndis.h>

static NDIS_HANDLE DriverHandle;

MINIPORT_PAUSE MPPause;
VOID ReadSettings(PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars);
DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    ReadSettings(&chars);
    chars.PauseHandler = MPPause;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

//- settings.c
#include <ndis.h>

VOID ReadSettings(PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars);

#pragma alloc_text(INIT, ReadSettings)

VOID ReadSettings(PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars)
{
    FillCharacteristics(Chars);
}
