#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE DeviceHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_HALT MPHalt;
MINIPORT_UNLOAD MPUnload;

static NDIS_STATUS CreateDevice(VOID)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;
    PDEVICE_OBJECT device;

    FillAttributes(&attributes);
    return NdisRegisterDeviceEx(DriverHandle, &attributes, &device, &DeviceHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    chars.HaltHandlerEx = MPHalt;
    chars.UnloadHandler = MPUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = CreateDevice();
    if (!NT_SUCCESS(status)) {
        NdisMDeregisterMiniportDriver(DriverHandle);
    }
    return status;
}

// The last adapter takes the device with it.
VOID MPHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Action);
    if (DeviceHandle != NULL) {
        NdisDeregisterDeviceEx(DeviceHandle);
        DeviceHandle = NULL;
    }
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
