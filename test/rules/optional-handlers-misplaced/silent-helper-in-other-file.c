//- entry.c
#include <ndis.h>

static NDIS_HANDLE DriverHandle;

NDIS_STATUS RegisterCoHandlers(NDIS_HANDLE Handle);
DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;
MINIPORT_SET_OPTIONS MPSetOptions;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    chars.UnloadHandler = MPUnload;
    chars.SetOptionsHandler = MPSetOptions;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
    return status;
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

NDIS_STATUS MPSetOptions(NDIS_HANDLE NdisMiniportDriverHandle, NDIS_HANDLE MiniportDriverContext)
{
    UNREFERENCED_PARAMETER(MiniportDriverContext);
    return RegisterCoHandlers(NdisMiniportDriverHandle);
}

//- vc.c
#include <ndis.h>

NDIS_STATUS RegisterCoHandlers(NDIS_HANDLE Handle)
{
    NDIS_MINIPORT_CO_CHARACTERISTICS chars;

    FillCoCharacteristics(&chars);
    return NdisSetOptionalHandlers(Handle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&chars);
}
