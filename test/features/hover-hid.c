#include <hidport.h>

DRIVER_DISPATCH HidDispatch;

NTSTATUS HidDis$0patch(PDEVICE_OBJECT device, PIRP irp)
//? **HidDispatch** — `DispatchRoutine` of this driver
//? as `MajorFunction[IRP_MJ_PNP]`, line 13
//? as `MajorFunction[IRP_MJ_POWER]`, line 14
{
    return STATUS_NOT_SUPPORTED;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    HID_MINIDRIVER_REGISTRATION registration;
    driver->MajorFunction[IRP_MJ_PNP] = HidDispatch;
    driver->Major$0Function[IRP_MJ_POWER$0] = HidDispatch;
    //? **MajorFunction** — slot of `DRIVER_OBJECT`
    //? `HidDispatch` in `MajorFunction[IRP_MJ_POWER]`, line 14
    //next
    //? **IRP_MJ_POWER** — constant `0x16`
    RtlZeroMemory(&registration, sizeof(registration));
    registration.Revision$0 = HID_REVISION;
    //? **Revision** — member of `HID_MINIDRIVER_REGISTRATION`
    //? **Value:** `HID_REVISION`
    registration.DriverObject = driver;
    registration.DeviceExtensionSize = 0;
    return HidRegisterMinidriver(&registration$0);
    //? ✓ `DriverObject` = `driver`
    //? ✗ `RegistryPath`: required but not set
    //? – `DeviceExtensionSize` = `0`
}
