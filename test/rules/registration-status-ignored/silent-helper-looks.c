#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT ControlDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LwfUnload;

static NDIS_STATUS LwfRegisterDevice(VOID)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;

    NDIS_STATUS status;

    FillAttributes(&attributes);
    status = NdisRegisterDeviceEx(FilterHandle, &attributes, &ControlDevice, &DeviceHandle);
    if (status != NDIS_STATUS_SUCCESS)
    {
        DeviceHandle = NULL;
    }
    return status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = LwfUnload;
    FillCharacteristics(&chars);
    status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }

    LwfRegisterDevice(); // has looked itself: the driver can do without
    return STATUS_SUCCESS;
}

VOID LwfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (DeviceHandle != NULL)
    {
        NdisDeregisterDeviceEx(DeviceHandle);
    }
    NdisFDeregisterFilterDriver(FilterHandle);
}
